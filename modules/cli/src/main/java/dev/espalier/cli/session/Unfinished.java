package dev.espalier.cli.session;

import dev.espalier.cli.progress.StudyProgress;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.wire.CanonicalNaming;
import java.util.List;
import java.util.Optional;

/** Finds studies that are wished to run and have work left. */
final class Unfinished {
  private Unfinished() {}

  static List<StudyWished> studies(Standings standings) {
    return standings.studies().values().stream()
        .filter(wished -> wished.wish() == Wish.RUN)
        .filter(wished -> standings.spent(wished.study()).isEmpty())
        .filter(wished -> !progress(wished, standings).isOver())
        .toList();
  }

  private static StudyProgress progress(StudyWished wished, Standings standings) {
    TaskGraph graph = TaskGraph.of(wished.content(), new CanonicalNaming());
    return StudyProgress.of(wished.name(), graph, standings, wished.at(), Optional.empty());
  }
}
