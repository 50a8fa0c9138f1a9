package dev.espalier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Status;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Drains;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The whole fleet on a real log, with a bench that works quickly. */
class FleetTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Study STUDY = Samples.study(2, 1L, 2L);

  @TempDir private static Path folder;
  private static Optional<EmbeddedBroker> broker = Optional.empty();

  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  private final List<Fleet> fleets = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void startBroker() {
    broker = Optional.of(EmbeddedBroker.start(folder.resolve("kafka")));
  }

  @AfterAll
  static void stopBroker() {
    broker.ifPresent(EmbeddedBroker::close);
  }

  @AfterEach
  void stopFleets() {
    fleets.forEach(Fleet::close);
    assertThat(troubles).isEmpty();
  }

  @Test
  void aStudyBecomesTasksBecomeOutcomesBecomeStandings(TestInfo test) throws Exception {
    QuickBench bench = bench(1_000);
    Fleet fleet = start(settings(test), bench);

    StudyId study = submit(fleet, STUDY);
    awaitStatus(fleet, study, Status.COMPLETED);
    TaskId first = bench.done.getFirst();
    Board.View end = await(fleet, view -> isMeasured(view, first));

    assertThat(bench.done).containsExactlyInAnyOrderElementsOf(tasksOf(STUDY));
    assertThat(fleet.views().report(study, end.standings()).orElseThrow().isComplete()).isTrue();
  }

  private static boolean isMeasured(Board.View view, TaskId task) {
    return view.standings().task(task).newest("test_accuracy").isPresent();
  }

  @Test
  void studiesThatShareWorkHaveItDoneOnce(TestInfo test) throws Exception {
    QuickBench bench = bench(1_000);
    Fleet fleet = start(settings(test), bench);
    Study other = Samples.study(2, 2L, 3L);

    StudyId first = submit(fleet, STUDY);
    StudyId second = submit(fleet, other);
    awaitStatus(fleet, first, Status.COMPLETED);
    awaitStatus(fleet, second, Status.COMPLETED);

    Set<TaskId> both = new HashSet<>(tasksOf(STUDY));
    both.addAll(tasksOf(other));
    assertThat(bench.done).containsExactlyInAnyOrderElementsOf(both);
  }

  @Test
  void aStoppedFleetGoesOnWhereItStopped(TestInfo test) throws Exception {
    QuickBench slow = bench(4);
    Fleet first = start(settings(test), slow);
    StudyId study = submit(first, STUDY);
    assertThat(slow.holds(1, LIMIT)).isTrue();
    first.close();

    QuickBench bench = bench(1_000);
    Fleet second = start(settings(test), bench);
    awaitStatus(second, study, Status.COMPLETED);

    assertThat(bench.beginnings).contains(3);
    assertThat(Stream.concat(slow.done.stream(), bench.done.stream()))
        .containsExactlyInAnyOrderElementsOf(tasksOf(STUDY));
  }

  @Test
  void aPauseReachesARunningStepAndLaterItGoesOnFromThere(TestInfo test) throws Exception {
    QuickBench bench = bench(0);
    Fleet fleet = start(settings(test).withSlots(1), bench);
    StudyId study = submit(fleet, STUDY);
    assertThat(bench.holds(1, LIMIT)).isTrue();

    fleet.submissions().orElseThrow().wish("test", STUDY, Wish.PAUSE);
    await(fleet, view -> idle().equals(states(view)));
    bench.release();
    fleet.submissions().orElseThrow().wish("test", STUDY, Wish.RUN);
    awaitStatus(fleet, study, Status.COMPLETED);

    assertThat(bench.beginnings).startsWith(0).containsOnlyOnce(3);
    assertThat(bench.done).containsExactlyInAnyOrderElementsOf(tasksOf(STUDY));
  }

  @Test
  void aWorkerThatIsCalledOnToDrainHandsItsTaskOn(TestInfo test) throws Exception {
    FleetSettings shared = shared(settings(test).connection());
    Fleet planning = start(shared.as(Set.of(Role.PLANNER, Role.GATEWAY)), bench(0));
    QuickBench slow = bench(0);
    Fleet leaving = start(shared.as(Set.of(Role.WORKER)), slow);
    StudyId study = submit(planning, STUDY);
    assertThat(slow.holds(1, LIMIT)).isTrue();

    Drains.call(shared.connection(), "another", Clock.systemUTC());
    Drains.call(shared.connection(), leaving.worker().orElseThrow(), Clock.systemUTC());
    assertThat(leaving.drained().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(leaving.worker().orElseThrow());
    QuickBench bench = bench(1_000);
    start(shared.as(Set.of(Role.WORKER)), bench);
    awaitStatus(planning, study, Status.COMPLETED);

    assertThat(slow.done).isEmpty();
    assertThat(bench.beginnings).contains(3);
    assertThat(bench.done).containsExactlyInAnyOrderElementsOf(tasksOf(STUDY));
  }

  @Test
  void aFinishedStudyIsAnsweredFromTheLogAndReplayChangesNothing(TestInfo test) throws Exception {
    Fleet first = start(settings(test), bench(1_000));
    StudyId study = submit(first, STUDY);
    Standings before = awaitStatus(first, study, Status.COMPLETED).standings();
    first.close();

    QuickBench idle = bench(1_000);
    Fleet second = start(settings(test), idle);
    Standings after = awaitStatus(second, study, Status.COMPLETED).standings();
    submit(second, STUDY);
    awaitStatus(second, study, Status.COMPLETED);

    assertThat(after.studies().keySet()).containsExactly(study);
    assertThat(outcomes(after)).isEqualTo(outcomes(before));
    assertThat(idle.beginnings).isEmpty();
  }

  private static List<OutcomePublished> outcomes(Standings standings) {
    return standings.tasks().values().stream()
        .map(TaskStanding::outcome)
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void aTaskUnderAnotherTasksNameIsRefusedBeforeAnyWork(TestInfo test) throws Exception {
    QuickBench bench = bench(1_000);
    FleetSettings settings = settings(test);
    Fleet fleet = start(settings, bench);
    List<Node> nodes = TaskGraph.of(STUDY, Samples.NAMING).nodes();
    TaskId wrong = nodes.getLast().id();
    StudyId study = Samples.NAMING.nameOf(STUDY);

    try (Publisher publisher = Publisher.open(settings.connection(), "/espalier/test")) {
      Task content = nodes.getFirst().task();
      publisher.publish(new TaskReleased(Instant.now(), study, wrong, content, 0));
    }

    Board.View end = await(fleet, view -> view.standings().task(wrong).outcome().isPresent());
    assertThat(end.standings().task(wrong).state()).isEqualTo(State.FAILED);
    assertThat(end.standings().task(wrong).outcome().orElseThrow().outcome().toString())
        .contains("expected a task whose name is that of its content");
    assertThat(bench.beginnings).isEmpty();
  }

  @Test
  void theGatewayAnswersPeopleAndPrograms(TestInfo test) throws Exception {
    QuickBench bench = bench(6);
    Fleet fleet = start(settings(test), bench);
    StudyId study = submit(fleet, STUDY);
    assertThat(bench.holds(2, LIMIT)).isTrue();
    await(fleet, view -> count(view, State.RUNNING) == 2 && count(view, State.WAITING) > 0);
    String digest = study.digest().hex();

    assertThat(get(fleet, "").body()).contains("<title>Espalier</title>");
    assertThat(get(fleet, "page/stream.js").body()).contains("EventSource");
    assertThat(get(fleet, "api/studies").body()).contains(digest).contains("\"a study\"");
    assertThat(get(fleet, "api/studies/" + digest).body())
        .contains("\"curves\"", "\"state\":\"running\"");
    assertThat(get(fleet, "api/studies/" + digest + "/tasks").body()).contains("\"waiting\"");
    assertThat(get(fleet, "health/live").statusCode()).isEqualTo(200);
    assertThat(get(fleet, "health/ready").body()).contains("\"UP\"").contains("planner");
    assertThat(get(fleet, "metrics").body())
        .contains("espalier_tasks_total{kind=\"prune\",outcome=\"completed\"}")
        .contains("espalier_slots_busy 2.0")
        .contains("espalier_tasks_running{kind=\"prune\"}")
        .contains("espalier_tasks_waiting{kind=\"evaluate\"}")
        .contains("kafka_")
        .doesNotContain(digest);
    assertThat(get(fleet, "nowhere").statusCode()).isEqualTo(404);
    HttpResponse<String> missing = get(fleet, "api/studies/ffff");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("content-type")).hasValue("application/problem+json");
    HttpResponse<String> refused = post(fleet, "application/yaml", "nonsense: 1");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Not a study").contains("nonsense");
    assertThat(post(fleet, "text/plain", "").statusCode()).isEqualTo(415);
    bench.release();
    awaitStatus(fleet, study, Status.COMPLETED);
  }

  @Test
  void theStreamTellsOfProgressWithoutBeingAsked(TestInfo test) throws Exception {
    Fleet fleet = start(settings(test), bench(1_000));
    StudyId study = submit(fleet, STUDY);
    URI events = fleet.address().orElseThrow().resolve("api/events?study=" + study);
    HttpRequest request = HttpRequest.newBuilder(events).timeout(LIMIT).build();

    try (Stream<String> lines = http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      Optional<String> last =
          lines
              .filter(line -> line.startsWith("data: "))
              .filter(line -> line.contains("\"status\":\"completed\"") && line.contains("curves"))
              .findFirst();
      assertThat(last).isPresent();
    }
  }

  private static long count(Board.View view, State state) {
    return view.standings().tasks().values().stream().filter(task -> task.state() == state).count();
  }

  private QuickBench bench(int passes) {
    return new QuickBench(FileArtifacts.in(folder.resolve("store")), passes);
  }

  private static FleetSettings settings(TestInfo test) {
    String prefix = test.getTestMethod().orElseThrow().getName();
    Connection connection = broker.orElseThrow().connection().withPrefix(prefix);
    return shared(connection).withSlots(2).aloneSince(Instant.now());
  }

  private static FleetSettings shared(Connection connection) {
    return FleetSettings.all(connection)
        .withSlots(1)
        .sharing(new Sharing(Duration.ofSeconds(15), 5, 1_000));
  }

  private Fleet start(FleetSettings settings, QuickBench bench) {
    Tools tools =
        new Tools(
            bench,
            FileArtifacts.in(folder.resolve("store")),
            Samples.NAMING,
            data -> data,
            Clock.systemUTC());
    Fleet fleet = Fleet.start(settings, tools, troubles::add);
    fleets.add(fleet);
    return fleet;
  }

  private static StudyId submit(Fleet fleet, Study study) {
    return fleet.submissions().orElseThrow().submit("a study", study);
  }

  private static Board.View awaitStatus(Fleet fleet, StudyId study, Status status)
      throws InterruptedException {
    return await(
        fleet,
        view ->
            view.complete()
                && fleet.views().study(study, view.standings()).stream()
                    .anyMatch(shown -> shown.line().status() == status));
  }

  private static Board.View await(Fleet fleet, Predicate<Board.View> condition)
      throws InterruptedException {
    return fleet
        .board()
        .await(condition, LIMIT)
        .orElseThrow(() -> new AssertionError(fleet.board().view().standings().tasks()));
  }

  private static Set<State> idle() {
    return Set.of(State.PLANNED, State.PREEMPTED);
  }

  private static Set<State> states(Board.View view) {
    return tasksOf(STUDY).stream()
        .map(task -> view.standings().task(task).state())
        .collect(Collectors.toSet());
  }

  private static List<TaskId> tasksOf(Study study) {
    return TaskGraph.of(study, Samples.NAMING).nodes().stream().map(Node::id).toList();
  }

  private HttpResponse<String> get(Fleet fleet, String path)
      throws IOException, InterruptedException {
    URI address = fleet.address().orElseThrow().resolve(path);
    return http.send(
        HttpRequest.newBuilder(address).timeout(LIMIT).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Fleet fleet, String type, String body)
      throws IOException, InterruptedException {
    URI address = fleet.address().orElseThrow().resolve("api/studies");
    return http.send(
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
