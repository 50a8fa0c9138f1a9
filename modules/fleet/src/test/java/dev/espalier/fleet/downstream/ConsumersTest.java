package dev.espalier.fleet.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.RestartableBroker;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others end with what the log says, whoever is killed while they read. */
class ConsumersTest {
  private static final Study STUDY = Samples.study(2, 1L, 2L);
  private static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();
  private static final int FIRST = 3; // runs before anybody is killed
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(50);

  @TempDir private Path folder;
  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  private final List<Program> programs = new ArrayList<>();

  @AfterEach
  void stop() {
    programs.forEach(Program::close);
  }

  @Test
  @Timeout(900)
  void nothingIsMissedOrDoubledThoughReadersAndBrokerAndGatewayAreKilled(TestReporter reporter)
      throws InterruptedException {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    QuickBench bench = new QuickBench(store, FIRST);
    Tools tools =
        new Tools(
            new MaskingBench(bench, store), store, Samples.NAMING, data -> data, Clock.systemUTC());

    try (RestartableBroker broker = new RestartableBroker(folder.resolve("kafka"));
        Fleet _ = start(broker, tools, Set.of(Role.PLANNER, Role.WORKER))) {
      Connection log = broker.connection();
      startPrograms(log, reporter);
      try (Fleet gateway = start(broker, tools, Set.of(Role.GATEWAY))) {
        gateway.submissions().orElseThrow().submit("a study", STUDY);
        awaitAll(program -> !program.told().isEmpty(), "a first line");
      }
      programs.forEach(Program::kill);
      bench.release(5);
      await(() -> bench.done.size() == FIRST + 5);
      programs.forEach(Program::start);
      awaitAll(program -> program.told().size() > 10, "further lines");
      broker.stop();
      broker.startAgain();
      bench.release();
      try (Fleet gateway = start(broker, tools, Set.of(Role.GATEWAY))) {
        assertThat(gateway.board().await(view -> isCompleted(view.standings()), LIMIT)).isPresent();
      }

      Map<String, JsonNode> said = said(log);
      assertThat(said).hasSizeGreaterThan(NODES.size());
      for (Program program : programs) {
        await(() -> program.told().equals(said) || !program.isAlive());
        assertThat(program.told()).as("%s", program).isEqualTo(said);
      }
    }
    assertThat(troubles).isEmpty();
  }

  private Fleet start(RestartableBroker broker, Tools tools, Set<Role> roles) {
    FleetSettings settings =
        FleetSettings.all(broker.connection())
            .as(roles)
            .withSlots(2)
            .sharing(new Sharing(Duration.ofSeconds(15), 5, 1_000));
    return Fleet.start(settings, tools, troubles::add);
  }

  private void startPrograms(Connection log, TestReporter reporter) {
    programs.add(Program.java(log.bootstrap(), folder));
    Program.python(log.bootstrap(), folder)
        .ifPresentOrElse(
            programs::add,
            () -> reporter.publishEntry("follow.py is not run: no python3-confluent-kafka here"));
    programs.forEach(Program::start);
  }

  private void awaitAll(Predicate<Program> condition, String what) {
    for (Program program : programs) {
      await(() -> condition.test(program) || !program.isAlive());
      assertThat(condition.test(program)).as("%s of %s", what, program).isTrue();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static boolean isCompleted(Standings standings) {
    return NODES.stream().allMatch(node -> standings.task(node.id()).state() == State.COMPLETED);
  }

  /** What stands on the log, as the programs tell it. */
  private static Map<String, JsonNode> said(Connection log) {
    Map<String, JsonNode> said = new TreeMap<>();
    Follower.Sink sink =
        new Follower.Sink() {
          @Override
          public void accept(Heard heard) {
            switch (heard.event()) {
              case MaskPublished mask -> said.put(mask.task().toString(), told(mask));
              case MetricSampled sample -> said.put(keyOf(sample), told(sample));
              default -> throw new AssertionError(heard);
            }
          }

          @Override
          public void unreadable(Unreadable record) {
            throw new AssertionError(record);
          }
        };
    try (Follower follower = Follower.open(log, Set.of(Topic.MASKS, Topic.METRICS), sink)) {
      follower.catchUp(LIMIT);
    }
    return said;
  }

  private static JsonNode told(MaskPublished mask) {
    assertThat(mask.bits()).isPresent();
    ObjectNode told = new JsonMapper().createObjectNode();
    told.put("digest", mask.summary().digest().toString());
    ObjectNode kept = told.putObject("kept");
    for (Kept tensor : mask.summary().tensors()) {
      kept.put(tensor.tensor(), Math.toIntExact(tensor.kept()));
    }
    return told;
  }

  private static String keyOf(MetricSampled sample) {
    return sample.task() + " " + sample.step();
  }

  private static JsonNode told(MetricSampled sample) {
    ObjectNode told = new JsonMapper().createObjectNode();
    told.put("attempt", sample.attempt());
    told.set("values", Json.tree(sample).path("values"));
    return told;
  }
}
