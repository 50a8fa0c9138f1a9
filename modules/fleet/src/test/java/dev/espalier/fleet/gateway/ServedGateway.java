package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.DeadLetterBox;
import dev.espalier.kafka.Decisions;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.EventInbox;
import dev.espalier.kafka.Publisher;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.TriggersFile;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A gateway on a log of its own, on which a study has a task of every sort. */
final class ServedGateway implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(2);
  static final Study STUDY = Samples.study(2, 1L, 2L);
  static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();

  /** In its event and in the store. */
  static final Mask MASK =
      Mask.of(List.of(TensorMask.dense("conv1.weight", List.of(4, 3, 3, 3)))); // (out, in, kh, kw)

  /** One event, and the triggers that mean it. */
  static final String EVENT =
      """
      {"specversion": "1.0", "id": "1", "source": "/registry", "type": "org.example.registered",
       "data": {"seed": 7}}
      """;

  static final Triggers TRIGGERS =
      Triggers.of(
          TriggersFile.parse(
              """
              triggers:
                - name: prune
                  on: {type: org.example.registered}
                  values: {seed: $.data.seed}
                  study:
                    {data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 2},
                     seeds: ["${seed}"]}
              """,
              "triggers.yaml",
              file -> Optional.empty()));

  /** The key of an event that was posted, and is decided. */
  final String event;

  final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  final Tools tools;
  final Fleet fleet;
  final StudyId study;
  private final EmbeddedBroker broker;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedGateway(Path folder) throws InterruptedException {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    tools =
        new Tools(
            new QuickBench(store, 1),
            store,
            Samples.NAMING,
            data -> data.pinnedTo(Samples.digest("glyphs")),
            Clock.systemUTC());
    fleet =
        Fleet.start(
            FleetSettings.all(broker.connection()).as(Set.of(Role.GATEWAY)).heeding(TRIGGERS),
            tools,
            troubles::add);
    store.put(MASK.canonicalBytes());
    study = fleet.submissions().orElseThrow().submit("a study", STUDY);
    try (Publisher publisher = Publisher.open(broker.connection(), "/espalier/test")) {
      events().forEach(publisher::publish);
    }
    writeGarbage(3);
    await(view -> view.version() > events().size()); // the study's among them
    event = decided();
  }

  /** Posts what is no such event, and waits for what is said of it. */
  private String decided() {
    ForeignEvent posted = new ForeignEvent("/registry", "0", "org.example.other");
    try (EventInbox inbox = EventInbox.open(connection());
        Decisions decisions = new Decisions(connection())) {
      inbox
          .write(
              CloudEventBuilder.v1()
                  .withSource(URI.create(posted.source()))
                  .withId(posted.id())
                  .withType(posted.type())
                  .build())
          .toCompletableFuture()
          .join();
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!decisions.isDecided(posted.key())) {
        assertThat(System.nanoTime()).as("a decision").isLessThan(end);
        decisions.step(Duration.ofMillis(50));
      }
    }
    return posted.key().hex();
  }

  /** Has so many dead letters come to be, the first of which is number 0. */
  private void writeGarbage(int records) {
    Map<String, Object> settings = Map.of("bootstrap.servers", connection().bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        Future<?> _ =
            producer.send(new ProducerRecord<>("espalier.metrics", 0, null, new byte[] {'?'}));
      }
    }
    try (DeadLetterBox box = DeadLetterBox.open(connection(), Clock.systemUTC())) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (box.letters().size() < records) {
        assertThat(System.nanoTime()).as("dead letters").isLessThan(end);
      }
    }
  }

  Connection connection() {
    return broker.connection();
  }

  /** Waits until what the gateway shows pleases {@code condition}. */
  void await(Predicate<Board.View> condition) throws InterruptedException {
    assertThat(fleet.board().await(condition, LIMIT)).isPresent();
  }

  /** Starts one; whoever does closes it. */
  static ServedGateway start(Path folder) throws InterruptedException {
    return new ServedGateway(folder);
  }

  /** The first task completed, the second works, the third failed, and a fourth waits. */
  private List<Event.OfTask> events() {
    Progress half = new Progress(5, 10, 0, 2, 100, 0.5);
    Failure diverged = new Failure.Diverged("expected a number as the loss, got NaN");
    return List.of(
        new MaskPublished(
            Samples.at(2),
            study,
            NODES.get(0).id(),
            Objective.LABELS,
            0,
            1,
            MASK.summary(Optional.empty()),
            Optional.of(MASK)),
        new OutcomePublished(
            Samples.at(3),
            study,
            NODES.get(0).id(),
            1,
            "host-1-a/0",
            Samples.completed(NODES.get(0).task())),
        new TaskReleased(Samples.at(1), study, NODES.get(1).id(), NODES.get(1).task(), 0),
        new AttemptReported(
            Samples.at(2),
            study,
            NODES.get(1).id(),
            1,
            "host-1-a/1",
            Phase.RUNNING,
            half,
            Optional.of(Samples.digest("checkpoint")),
            Optional.empty()),
        new MetricSampled(
            Samples.at(2), study, NODES.get(1).id(), 1, 5, Map.of("test_accuracy", 0.5)),
        new OutcomePublished(
            Samples.at(3), study, NODES.get(2).id(), 1, "host-1-a/0", new Outcome.Failed(diverged)),
        new TaskReleased(Samples.at(1), study, NODES.get(3).id(), NODES.get(3).task(), 0));
  }

  URI address(String path) {
    return URI.create(fleet.address().orElseThrow() + path.substring(1));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(address(path))
        .timeout(LIMIT)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  /** The answer; of a stream of events, which does not end, the headers. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), ServedGateway::body);
  }

  private static BodySubscriber<String> body(HttpResponse.ResponseInfo info) {
    String type = info.headers().firstValue("content-type").orElse("");
    return type.equals("text/event-stream")
        ? new HangsUp()
        : HttpResponse.BodyHandlers.ofString().apply(info);
  }

  private static final class HangsUp implements BodySubscriber<String> {
    @Override
    public CompletionStage<String> getBody() {
      return CompletableFuture.completedStage("");
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable trouble) {}

    @Override
    public void onComplete() {}
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request("GET", path, ""));
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(request("POST", path, ""));
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    http.shutdownNow();
    fleet.close();
    broker.close();
  }
}
