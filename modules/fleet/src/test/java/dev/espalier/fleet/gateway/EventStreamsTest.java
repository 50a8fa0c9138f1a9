package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.AggregatorVerticle;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of gateways that come and go on a log that stays. */
class EventStreamsTest {
  private static final Study STUDY = Samples.study(2, 1L, 2L);
  private static final StudyId ID = Samples.NAMING.nameOf(STUDY);
  private static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SAMPLES = "/api/events?show=metric.sampled";

  @TempDir private static Path folder;
  private static Optional<EmbeddedBroker> broker = Optional.empty();
  private static Optional<Publisher> publisher = Optional.empty();
  private static long written;

  @BeforeAll
  static void start() {
    broker = Optional.of(EmbeddedBroker.start(folder.resolve("kafka")));
    Topics.ensure(connection(), Sharing.STANDARD);
    publisher = Optional.of(Publisher.open(connection(), "/espalier/test"));
    publisher().publish(new StudyWished(Samples.at(0), ID, "a study", STUDY, Wish.RUN));
  }

  @AfterAll
  static void stop() {
    publisher().close();
    broker.orElseThrow().close();
  }

  private static Connection connection() {
    return broker.orElseThrow().connection();
  }

  private static Publisher publisher() {
    return publisher.orElseThrow();
  }

  /** A gateway of its own: an aggregator, a board, and the stream. */
  private static final class Gateway implements AutoCloseable {
    private final List<Throwable> troubles = new CopyOnWriteArrayList<>();
    private final Board board;
    private final Doors doors;

    /** A gateway on the log of all that remembers {@code recent} bytes of events. */
    private Gateway(long recent) throws Exception {
      this(connection(), recent);
    }

    private Gateway(Connection log, long recent) throws Exception {
      board = new Board(recent);
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      doors =
          new Doors(
              (vertx, router) -> {
                String _ =
                    vertx
                        .deployVerticle(
                            new AggregatorVerticle(
                                log, board, registry, new ClientMeters(registry), troubles::add))
                        .await();
                new EventStreams(vertx, board, new Views(Samples.NAMING, 1), log, registry)
                    .mount(router);
              });
      assertThat(board.await(Board.View::complete, LIMIT)).isPresent();
    }

    private Stream open(String address, String lastId) {
      return Stream.open(doors.port(), address, lastId);
    }

    @Override
    public void close() throws TimeoutException {
      doors.close();
      assertThat(troubles).isEmpty();
    }
  }

  /** Writes samples at steps that never come twice. */
  private static void sample(int samples) {
    long first = written;
    written += samples;
    publisher().publish(samples(first, written));
  }

  /** Samples of tasks in turn. */
  private static List<MetricSampled> samples(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(
            step ->
                new MetricSampled(
                    Samples.at(1),
                    ID,
                    NODES.get((int) (step % NODES.size())).id(),
                    1,
                    step,
                    Map.of("train_loss", 0.5)))
        .toList();
  }

  private static List<Long> steps(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  /** Reads batches until so many samples have come; their steps, sorted, none twice. */
  private static List<Long> read(Stream stream, int samples) throws Exception {
    List<Long> steps = new ArrayList<>();
    while (steps.size() < samples) {
      Stream.Message message = stream.next("events");
      for (JsonNode event : Contract.tree(message.data())) {
        assertThat(event.path("type").asText()).isEqualTo("dev.espalier.metric.sampled.v1");
        steps.add(event.at("/data/step").asLong());
      }
    }
    return steps.stream().sorted().toList();
  }

  @Test
  void whoComesBackToAnotherGatewayIsSentWhatItHasNotGotAndNothingTwice() throws Exception {
    long first = written;
    String id;
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(SAMPLES, "")) {
      stream.awaitOpen();
      sample(30);
      assertThat(read(stream, 30)).isEqualTo(steps(first, first + 30));
      id = stream.lastId();
    }
    sample(50);
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(SAMPLES, id)) {
      assertThat(read(stream, 50)).isEqualTo(steps(first + 30, first + 80));
      sample(5);
      assertThat(read(stream, 5)).isEqualTo(steps(first + 80, first + 85));
    }
  }

  @Test
  void logLinesThatNoGatewayReadAreSentToWhoComesBack() throws Exception {
    String lines = "/api/events?show=attempt.logged";
    String id;
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(lines, "")) {
      stream.awaitOpen();
      say("first");
      assertThat(stream.next("events").data()).contains("\"first\"");
      id = stream.lastId();
    }
    say("second");
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(lines, id)) {
      assertThat(stream.next("events").data()).contains("\"second\"").doesNotContain("first");
      say("third");
      assertThat(stream.next("events").data()).contains("\"third\"").doesNotContain("second");
    }
  }

  private static void say(String words) {
    LogLine line = new LogLine(Samples.at(1), LogLine.Level.INFO, words);
    publisher()
        .publish(
            new AttemptLogged(
                Samples.at(1), ID, NODES.getFirst().id(), 1, "host-1-a/0", List.of(line)));
  }

  @Test
  void whatAGatewayHasForgottenIsReadFromTheLogAgain() throws Exception {
    long first = written;
    String id;
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(SAMPLES, "")) {
      stream.awaitOpen();
      sample(1);
      assertThat(read(stream, 1)).isEqualTo(steps(first, first + 1));
      id = stream.lastId();
    }
    try (Gateway gateway = new Gateway(1)) {
      long known = gateway.board.view().version();
      for (int i = 0; i < 20; i++) {
        sample(10);
      }
      assertThat(gateway.board.await(view -> view.version() >= known + 200, LIMIT)).isPresent();
      try (Stream stream =
          gateway.open(SAMPLES + "&after=" + id.replace(",", "%2C").replace(":", "%3A"), "")) {
        Stream.Message behind = stream.next("behind");
        assertThat(Contract.tree(behind.data()).path("events").asLong()).isPositive();
        assertThat(read(stream, 200)).isEqualTo(steps(first + 1, first + 201));
        sample(5);
        assertThat(read(stream, 5)).isEqualTo(steps(first + 201, first + 206));
      }
    }
  }

  @Test
  void aReaderThatTakesNothingIsToldSoAndStillSentEverything() throws Exception {
    Connection log = connection().withPrefix("much");
    Topics.ensure(log, Sharing.STANDARD);
    int samples = 40_000; // more than the sockets and queues between take
    try (Publisher writing = Publisher.open(log, "/espalier/test");
        Gateway gateway = new Gateway(log, 100_000);
        Stream stream = gateway.open(SAMPLES, "")) {
      stream.awaitOpen();
      for (int part = 0; part < 20; part++) {
        writing.publish(samples(part * samples / 20, (part + 1) * samples / 20));
      }
      assertThat(gateway.board.await(view -> view.version() >= samples, LIMIT)).isPresent();
      assertThat(read(stream, samples)).isEqualTo(steps(0, samples));
      assertThat(stream.names()).contains("behind");
    }
  }

  @Test
  void onlyEventsOfTheStudyAreSentAndOnlyThoseAskedFor() throws Exception {
    String other = ID.toString().replaceAll("[0-9a-f]{4}$", "0000");
    long first = written;
    try (Gateway gateway = new Gateway(1 << 20);
        Stream mine = gateway.open(SAMPLES + "&study=" + ID, "");
        Stream others = gateway.open(SAMPLES + "&study=" + other, "");
        Stream wishes = gateway.open("/api/events?show=study.wished", "")) {
      mine.awaitOpen();
      others.awaitOpen();
      wishes.awaitOpen();
      sample(10);
      publisher().publish(new StudyWished(Samples.at(2), ID, "a study", STUDY, Wish.RUN));

      assertThat(read(mine, 10)).isEqualTo(steps(first, first + 10));
      JsonNode wished = Contract.tree(wishes.next("events").data());
      assertThat(wished.findValuesAsText("type")).containsExactly("dev.espalier.study.wished.v1");
      assertThat(wished.at("/0/data/name").asText()).isEqualTo("a study");
      assertThat(others.names()).isEmpty();
    }
  }

  @Test
  void anIdOfAnotherLogIsAnsweredWithAReset() throws Exception {
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open(SAMPLES, "nolog:1:2:3")) {
      assertThat(stream.next("reset").id()).isNotEmpty();
      long first = written;
      sample(3);
      assertThat(read(stream, 3)).isEqualTo(steps(first, first + 3));
    }
  }

  @Test
  void afterTheFirstOverviewOnlyStudiesThatChangedAreSent() throws Exception {
    Study second = Samples.study(1, 77L);
    StudyId id = Samples.NAMING.nameOf(second);
    try (Gateway gateway = new Gateway(1 << 20);
        Stream stream = gateway.open("/api/events?show=overview", "")) {
      assertThat(ids(stream.next("overview"))).contains(ID.toString());
      publisher().publish(new StudyWished(Samples.at(3), id, "another", second, Wish.RUN));
      assertThat(ids(stream.next("overview"))).containsExactly(id.toString());
      publisher().publish(new StudyWished(Samples.at(4), id, "another", second, Wish.PAUSE));
      assertThat(ids(stream.next("overview"))).containsExactly(id.toString());
    }
  }

  private static List<String> ids(Stream.Message overview) throws Exception {
    return Contract.tree(overview.data()).path("studies").findValuesAsText("id");
  }

  @Test
  void manyReadersOfTheSameAreAllSentAll() throws Exception {
    long first = written;
    try (Gateway gateway = new Gateway(1 << 20)) {
      List<Stream> streams =
          IntStream.range(0, 20).mapToObj(_ -> gateway.open(SAMPLES, "")).toList();
      for (Stream stream : streams) {
        stream.awaitOpen();
      }
      sample(500);
      for (Stream stream : streams) {
        assertThat(read(stream, 500)).isEqualTo(steps(first, first + 500));
        stream.close();
      }
    }
  }
}
