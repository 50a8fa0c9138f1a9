package dev.espalier.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Naming;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import dev.espalier.wire.StudyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the launcher runs behind a build, for Java to remember what it loads, and what of it is used
 * most. Two acts: a {@code client}, which asks a server of this process that answers as a gateway
 * does, and a {@code gateway} on a log of this process that is full already.
 */
public final class Rehearsal {
  private static final int OK = 200;
  private static final int EVENTS = 60_000;
  private static final int WORDS = 5; // one in so many events
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String STUDY =
      """
      name: rehearsal
      data: {name: glyphs, train: 64, test: 64}
      network: resnet8
      seeds: [1, 2, 3, 4]
      objectives: [labels]
      training: {epochs: 2, batch: 32, learningRate: 0.1}
      pruning: {fraction: 0.5, rounds: 3}
      evaluations: [ticket, random]
      """;
  private static final String ANSWER =
      """
      {"version":1,"workers":[],"waiting":0,"imagesPerSecond":0,"studies":[{"id":"sha256:%s",
      "name":"rehearsal","status":"completed","submitted":"2026-01-01T00:00:00Z","tasks":1,
      "completed":1,"failed":0,"running":0,"rounds":1,"roundsCompleted":1}]}
      """
          .formatted("0".repeat(64));

  private Rehearsal() {}

  /**
   * Runs an act, and leaves with the command's exit code.
   *
   * @param args {@code client} or {@code gateway}, and an empty folder for a log
   * @throws IOException when no port is free or the folder cannot be used
   * @throws InterruptedException when interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("client")) {
      client();
    } else {
      gateway(Path.of(args[1]));
    }
  }

  private static void client() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Espalier.main(new String[] {"studies", "--gateway", address});
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void gateway(Path folder) throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      Connection log = broker.connection();
      fill(log, EVENTS);
      int port = freePort();
      Thread.ofPlatform()
          .daemon()
          .start(
              () ->
                  Espalier.main(
                      new String[] {
                        "gateway",
                        "--kafka",
                        log.bootstrap(),
                        "--work",
                        folder.toString(),
                        "--port",
                        String.valueOf(port)
                      }));
      awaitReady(URI.create("http://127.0.0.1:" + port + "/health/ready"));
      System.exit(0);
    }
  }

  /**
   * Writes a study onto {@code log}, and what its tasks say while they are worked on: four samples
   * to a word.
   *
   * @param events how many at least
   */
  public static void fill(Connection log, int events) {
    Topics.ensure(log, Sharing.STANDARD);
    Naming naming = new CanonicalNaming();
    NamedStudy named = StudyFile.parse(STUDY, "rehearsal.yaml");
    Digest nothing = Digest.of(new byte[0]);
    Study pinned = named.study().on(data -> data.pinnedTo(nothing));
    StudyId study = naming.nameOf(pinned);
    List<Node> nodes = TaskGraph.of(pinned, naming).nodes();
    Instant now = Instant.now();
    try (Publisher publisher = Publisher.open(log, "/espalier/rehearsal")) {
      publisher.publish(new StudyWished(now, study, named.name(), pinned, Wish.RUN));
      for (int step = 1; step <= Math.ceilDiv(events, nodes.size()); step++) {
        List<Event> said = new ArrayList<>();
        for (Node node : nodes) {
          said.add(step % WORDS == 0 ? word(node, study, step) : sample(node, study, step));
        }
        publisher.publish(said);
      }
    }
  }

  private static Event word(Node node, StudyId study, int step) {
    return new AttemptReported(
        Instant.now(),
        study,
        node.id(),
        1,
        "rehearsal/0",
        Phase.RUNNING,
        new Progress(step, EVENTS, 0, 1, 1_000, 1.0 / step),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(step));
  }

  private static Event sample(Node node, StudyId study, int step) {
    Map<String, Double> values = Map.of("train_loss", 1.0 / step, "learning_rate", 0.1);
    return new MetricSampled(Instant.now(), study, node.id(), 1, step, values);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(URI address) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http, request) && System.nanoTime() < deadline) {
        Thread.sleep(TURN);
      }
    }
  }

  private static boolean isReady(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }
}
