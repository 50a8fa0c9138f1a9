package dev.espalier.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon a task goes on when its worker is gone, where broker and planner work and another worker
 * has nothing to do. Prints what it measures.
 */
class RedeliveryTest {
  private static final int TIMES = Integer.getInteger("chaos.times", 20);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration JOINING = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final List<Struck> struck = new ArrayList<>();

  @Tag("long")
  @Test
  void anIdleWorkerGoesOnWithTheTaskOfOneThatIsGone() throws IOException {
    assumeTrue(Distribution.isBuilt(), "the command is not packaged (mvn package): skipped");
    Path round = Files.createDirectories(folder.resolve("round"));
    try (Cluster cluster = Cluster.start(round, Set.of())) {
      Awaiting ready = cluster::isReady;
      ready.await("the fleet to work", LIMIT, Awaiting::pause);
      Work.submitOne(cluster.log(), round);
      try (Chronicle live = Chronicle.open(cluster.log())) {
        for (int i = 0; i < TIMES; i++) {
          strike(Fault.KILLED, cluster, live);
          strike(Fault.STOPPED, cluster, live);
        }
        List<Recovery> recoveries = Recovery.of(struck, live);
        recoveries.forEach(System.out::println);
        new Verdict(1, struck, recoveries, List.of()).recovered().forEach(System.out::println);

        assertThat(recoveries).hasSameSizeAs(struck);
      }
    }
  }

  private void strike(Fault fault, Cluster cluster, Chronicle live) throws IOException {
    List<Member> workers = cluster.members(Role.WORKER);
    Predicate<Member> works = worker -> live.checkpointOf(worker.pid()).isPresent();
    Awaiting readiness = () -> cluster.isReady() && workers.stream().anyMatch(works);
    await("one worker to work and the other to wait", readiness, cluster, live);
    long joined = System.nanoTime() + JOINING.toNanos();
    await("the other to have joined", () -> System.nanoTime() > joined, cluster, live);
    Member worker = workers.stream().filter(works).findFirst().orElseThrow();
    Struck one = new Struck(Instant.now(), fault, Role.WORKER, worker.toString(), worker.pid());
    struck.add(one);
    worker.suffer(fault, Duration.ZERO);
    Awaiting begun = () -> !Recovery.of(List.of(one), live).isEmpty();
    await("another to claim the task", begun, cluster, live);
  }

  private static void await(String what, Awaiting condition, Cluster cluster, Chronicle live)
      throws IOException {
    condition.await(
        what,
        LIMIT,
        () -> {
          cluster.tend();
          live.listen();
        });
  }
}
