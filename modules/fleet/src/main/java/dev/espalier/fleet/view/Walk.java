package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Goes through the tasks of studies, some at a time. */
final class Walk {
  private final Views views;
  private final Standings standings;

  Walk(Views views, Standings standings) {
    this.views = views;
    this.standings = standings;
  }

  private record Placed<T>(TaskPlace place, T item) {}

  /**
   * What {@code show} makes of tasks, without those that it makes nothing of. A task that two
   * studies share comes twice.
   *
   * @param study whose; absent: those of all
   * @throws IllegalArgumentException when the window begins behind what is no place
   */
  <T> Slice<T> slice(
      Optional<StudyId> study, Window window, BiFunction<StudyId, Node, Optional<T>> show) {
    Optional<TaskPlace> after = window.after().map(TaskPlace::parse);
    Slice<Placed<T>> found =
        Slice.of(
            studies(study, after).stream().flatMap(wished -> placed(wished, after, show)),
            window.limit(),
            placed -> placed.place().toString());
    return new Slice<>(found.items().stream().map(Placed::item).toList(), found.next());
  }

  private Collection<StudyWished> studies(Optional<StudyId> study, Optional<TaskPlace> after) {
    if (study.isPresent()) {
      return Optional.ofNullable(standings.studies().get(study.get())).stream().toList();
    }
    return after
        .map(place -> standings.studies().tailMap(place.study(), true).values())
        .orElseGet(standings.studies()::values);
  }

  private <T> Stream<Placed<T>> placed(
      StudyWished wished, Optional<TaskPlace> after, BiFunction<StudyId, Node, Optional<T>> show) {
    StudyId study = wished.study();
    List<Node> nodes = views.graphOf(wished).nodes();
    int before =
        after.filter(place -> place.study().equals(study)).map(place -> 1 + place.task()).orElse(0);
    return IntStream.range(Math.min(before, nodes.size()), nodes.size())
        .boxed()
        .flatMap(
            task ->
                show.apply(study, nodes.get(task)).stream()
                    .map(item -> new Placed<>(new TaskPlace(study, task), item)));
  }
}
