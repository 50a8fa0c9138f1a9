package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.aggregator.Recent.Batch;
import dev.espalier.fleet.view.Summary.Part;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sums all studies up again and again, each time only those that something happened to. Not safe
 * for use by several threads at a time.
 */
public final class Summaries {
  private final Views views;
  private final Map<StudyId, Part> parts = new HashMap<>();
  private final Map<TaskId, List<StudyId>> studies = new HashMap<>();
  private Positions seen = Positions.NONE;
  private long number;

  /** Summaries of what {@code views} read. */
  public Summaries(Views views) {
    this.views = views;
  }

  /** What {@code view} shows, which is not older than the one before. */
  public Summary of(Board.View view) {
    number++;
    Standings standings = view.standings();
    for (StudyId study : touched(view)) {
      Optional.ofNullable(standings.studies().get(study))
          .ifPresent(wished -> refresh(wished, standings));
    }
    seen = view.recent().end();
    return new Summary(
        number,
        view.version(),
        seen,
        parts.values().stream()
            .sorted(Comparator.comparing((Part part) -> part.line().submitted()).reversed())
            .toList());
  }

  private Collection<StudyId> touched(Board.View view) {
    Set<StudyId> touched = new HashSet<>();
    for (StudyWished wished : view.standings().studies().values()) {
      if (!parts.containsKey(wished.study())) {
        touched.add(wished.study());
      }
    }
    Optional<List<Batch>> batches = view.recent().after(seen);
    if (batches.isEmpty()) {
      return view.standings().studies().keySet();
    }
    for (Batch batch : batches.get()) {
      for (Heard heard : batch.events()) {
        touch(heard.event(), touched);
      }
    }
    return touched;
  }

  private void touch(Event event, Set<StudyId> touched) {
    touched.add(event.study());
    if (event instanceof Event.OfTask word) {
      touched.addAll(studies.getOrDefault(word.task(), List.of()));
    }
  }

  private void refresh(StudyWished wished, Standings standings) {
    Optional<Part> known = Optional.ofNullable(parts.get(wished.study()));
    if (known.isEmpty()) {
      for (Node node : views.graphOf(wished).nodes()) {
        studies.computeIfAbsent(node.id(), _ -> new ArrayList<>(1)).add(wished.study());
      }
    }
    Part fresh = new Part(views.line(wished, standings), views.crew(wished, standings), number);
    if (known.filter(fresh::isAs).isEmpty()) {
      parts.put(wished.study(), fresh);
    }
  }
}
