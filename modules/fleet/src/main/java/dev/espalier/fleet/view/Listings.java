package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Long lists in parts: of the studies, and of the tasks of one. Safe for use by many threads. */
public final class Listings {
  private static final Comparator<Spot> NEWEST_FIRST =
      Comparator.comparing(Spot::at).reversed().thenComparing(Spot::study);

  private final Views views;

  public Listings(Views views) {
    this.views = views;
  }

  /**
   * Which studies are looked for.
   *
   * @param name what their names have in them, in letters of either case
   * @param status where they stand
   */
  public record StudyFilter(Optional<String> name, Optional<Status> status) {
    private boolean fits(StudyWished wished) {
      return name.filter(part -> !lower(wished.name()).contains(lower(part))).isEmpty();
    }

    private boolean fits(StudyLine line) {
      return status.filter(wanted -> wanted != line.status()).isEmpty();
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /** Which tasks are looked for. */
  public record TaskFilter(Optional<State> state, Optional<TaskKind> kind) {
    private boolean fits(Node node, Standings standings) {
      return kind.filter(wanted -> wanted != TaskKind.of(node.task())).isEmpty()
          && state.filter(wanted -> wanted != standings.task(node.id()).state()).isEmpty();
    }
  }

  /**
   * Studies, those wished for last first. One that is wished for again while parts are read stands
   * before them from then on.
   *
   * @throws IllegalArgumentException when the window begins behind what is no place
   */
  public Slice<StudyLine> studies(Standings standings, StudyFilter filter, Window window) {
    Optional<Spot> after = window.after().map(Spot::parse);
    return Slice.of(
        standings.studies().values().stream()
            .filter(filter::fits)
            .filter(wished -> after.filter(spot -> !spot.isBefore(wished)).isEmpty())
            .sorted(Comparator.comparing(Spot::of, NEWEST_FIRST))
            .map(wished -> views.line(wished, standings))
            .filter(filter::fits),
        window.limit(),
        line -> new Spot(line.submitted(), line.id()).toString());
  }

  /**
   * Tasks of a study, in the order of its graph; none when it was never heard of.
   *
   * @throws IllegalArgumentException when the window begins behind what is no task of it
   */
  public Slice<TaskLine> tasks(
      StudyId study, Standings standings, TaskFilter filter, Window window) {
    List<Node> nodes =
        Optional.ofNullable(standings.studies().get(study))
            .map(views::graphOf)
            .map(TaskGraph::nodes)
            .orElse(List.of());
    long before = window.after().map(after -> 1 + indexOf(nodes, after)).orElse(0L);
    return Slice.of(
        nodes.stream()
            .skip(before)
            .filter(node -> filter.fits(node, standings))
            .map(node -> Titles.line(node, standings.task(node.id()))),
        window.limit(),
        line -> line.id().toString());
  }

  private static long indexOf(List<Node> nodes, String name) {
    TaskId task = TaskId.parse(name);
    int index = nodes.stream().map(Node::id).toList().indexOf(task);
    if (index < 0) {
      throw new IllegalArgumentException("expected a task of the study, got " + name);
    }
    return index;
  }

  /** Where a study stands in the list. */
  private record Spot(Instant at, StudyId study) {
    private static final String BETWEEN = " ";

    static Spot of(StudyWished wished) {
      return new Spot(wished.at(), wished.study());
    }

    static Spot parse(String text) {
      String[] parts = text.split(BETWEEN, 2);
      try {
        return new Spot(Instant.parse(parts[0]), StudyId.parse(parts[parts.length - 1]));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("expected an instant and a study, got " + text, e);
      }
    }

    boolean isBefore(StudyWished wished) {
      return NEWEST_FIRST.compare(this, of(wished)) < 0;
    }

    @Override
    public String toString() {
      return at + BETWEEN + study;
    }
  }
}
