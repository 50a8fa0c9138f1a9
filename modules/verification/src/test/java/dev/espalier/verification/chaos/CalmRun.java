package dev.espalier.verification.chaos;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.kafka.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a study goes where nothing disturbs it.
 *
 * @param study its name
 * @param graph its tasks
 * @param standings what they found
 */
record CalmRun(StudyId study, TaskGraph graph, Standings standings) {
  private static final Duration TURN = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Has one process carry it out, in {@code folder}. */
  static CalmRun in(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> args = List.of("up", "--slots", "2", "--checkpoints", "1");
    Member fleet = Member.start(Role.WORKER, "calm", args, folder);
    try {
      Awaiting ready = fleet::isReady;
      ready.await("a calm fleet", LIMIT, Awaiting::pause);
      Connection log = Connection.to(fleet.firstLine().replaceFirst(".* at (\\S+) \\(.*", "$1"));
      Work.submit(log, folder);
      return of(log);
    } finally {
      fleet.kill();
    }
  }

  private static CalmRun of(Connection log) throws IOException {
    try (Chronicle chronicle = Chronicle.open(log)) {
      Awaiting known = () -> !chronicle.standings().studies().isEmpty();
      known.await("the study on the log", LIMIT, () -> chronicle.step(TURN));
      StudyId study = chronicle.standings().studies().firstKey();
      TaskGraph graph = chronicle.graph(study);
      Awaiting done = () -> chronicle.ended() == graph.nodes().size();
      done.await("a calm run to end", LIMIT, () -> chronicle.step(TURN));
      return new CalmRun(study, graph, Chronicle.whole(log).standings());
    }
  }

  /** How many tasks there are. */
  int tasks() {
    return graph.nodes().size();
  }
}
