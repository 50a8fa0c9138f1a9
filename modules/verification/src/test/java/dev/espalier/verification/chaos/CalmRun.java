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
 * @param seeds how many seeds it has
 * @param study its name
 * @param graph its tasks
 * @param standings what they found
 */
record CalmRun(int seeds, StudyId study, TaskGraph graph, Standings standings) {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** Has one process carry out the study of so many seeds, in {@code folder}. */
  static CalmRun of(int seeds, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> args = List.of("up", "--slots", "2", "--checkpoints", "1");
    Member fleet = Member.startAll("calm", args, folder);
    try {
      CalmRun calm = of(fleet, seeds, folder);
      fleet.stop();
      if (!fleet.awaitEnd(LIMIT)) {
        throw new IllegalStateException("expected a calm fleet to end within " + LIMIT);
      }
      return calm;
    } finally {
      fleet.kill();
    }
  }

  private static CalmRun of(Member fleet, int seeds, Path folder) throws IOException {
    Awaiting ready = fleet::isReady;
    ready.await(
        "a calm fleet",
        LIMIT,
        () -> {
          fleet.tend();
          Awaiting.pause();
        });
    Connection log = Connection.to(fleet.readyLine().replaceFirst(".* at (\\S+) \\(.*", "$1"));
    Work.submit(log, seeds, folder);
    return of(seeds, log);
  }

  private static CalmRun of(int seeds, Connection log) throws IOException {
    Chronicle asked = Chronicle.whole(log);
    StudyId study = asked.standings().studies().firstKey();
    TaskGraph graph = asked.graph(study);
    try (Chronicle chronicle = Chronicle.open(log)) {
      chronicle.awaitEnds(graph.nodes().size(), Awaiting::pause);
    }
    return new CalmRun(seeds, study, graph, Chronicle.whole(log).standings());
  }

  /** How many tasks there are. */
  int tasks() {
    return graph.nodes().size();
  }
}
