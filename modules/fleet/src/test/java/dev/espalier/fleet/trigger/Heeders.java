package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.TriggersFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Gateways of one log that heed triggers, and somebody who tells them events. */
final class Heeders implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  final HttpClient http = HttpClient.newHttpClient();
  private final Connection log;
  private final FileArtifacts store;
  private final List<Fleet> fleets = new ArrayList<>();

  Heeders(Connection log, Path folder) {
    this.log = log;
    this.store = FileArtifacts.in(folder.resolve("store"));
  }

  /** The triggers of {@code yaml}. */
  static Triggers triggers(String yaml) {
    return Triggers.of(TriggersFile.parse(yaml, "triggers.yaml", file -> Optional.empty()));
  }

  /** Another gateway. */
  Fleet start(Triggers triggers) {
    return start(triggers, Clock.systemUTC(), Set.of(Role.GATEWAY));
  }

  Fleet start(Triggers triggers, Clock clock, Set<Role> roles) {
    Tools tools =
        new Tools(
            new QuickBench(store, 1_000),
            store,
            new CanonicalNaming(),
            data -> data.pinnedTo(Samples.digest("glyphs")),
            clock);
    FleetSettings settings = FleetSettings.all(log).withSlots(2).as(roles).heeding(triggers);
    Fleet fleet = Fleet.start(settings, tools, troubles::add);
    fleets.add(fleet);
    return fleet;
  }

  /** Stops one as if it had never been. */
  void stop(Fleet fleet) {
    fleets.remove(fleet);
    fleet.close();
  }

  static String event(String id, long seed) {
    return """
    {"specversion": "1.0", "id": "%s", "source": "/registry", "type": "org.example.registered",
     "data": {"seed": %d}}
    """
        .formatted(id, seed);
  }

  /** Begins to post; the answer. */
  CompletableFuture<HttpResponse<String>> tell(Fleet fleet, String event) {
    return http.sendAsync(
        request(fleet, "events", event, "application/cloudevents+json"),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(Fleet fleet, String path, String body, String type)
      throws IOException, InterruptedException {
    return http.send(request(fleet, path, body, type), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(Fleet fleet, String path, String body, String type) {
    return HttpRequest.newBuilder(address(fleet, path))
        .timeout(LIMIT)
        .header("content-type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static URI address(Fleet fleet, String path) {
    return fleet.address().orElseThrow().resolve(path);
  }

  HttpResponse<String> get(Fleet fleet, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address(fleet, path)).timeout(LIMIT).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What the event did whose answer is {@code posted}, once that is decided. */
  JsonNode decision(Fleet fleet, HttpResponse<String> posted)
      throws IOException, InterruptedException {
    String path = posted.headers().firstValue("location").orElseThrow();
    return awaitJson(fleet, path);
  }

  /** The JSON at {@code path}, once it is there. */
  JsonNode awaitJson(Fleet fleet, String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    HttpResponse<String> response = get(fleet, path);
    while (response.statusCode() != 200) {
      assertThat(System.nanoTime()).as(path).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      response = get(fleet, path);
    }
    return JSON.readTree(response.body());
  }

  /** The decisions that pass, once there are so many. */
  JsonNode decisions(Fleet fleet, String query, int many) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    JsonNode found = awaitJson(fleet, "/api/triggers/decisions" + query);
    while (found.size() < many) {
      assertThat(System.nanoTime()).as(query).isLessThan(end);
      found = awaitJson(fleet, "/api/triggers/decisions" + query);
    }
    return found;
  }

  /** Every wish that ever stood on the log, in their order. */
  List<StudyWished> wishes() {
    List<StudyWished> wishes = new ArrayList<>();
    Follower.Sink sink =
        new Follower.Sink() {
          @Override
          public void accept(Heard heard) {
            if (heard.event() instanceof StudyWished wish) {
              wishes.add(wish);
            }
          }

          @Override
          public void unreadable(Unreadable record) {
            throw new AssertionError(record.reason());
          }
        };
    try (Follower follower = Follower.open(log, Set.of(Topic.STUDIES), sink)) {
      follower.catchUp(LIMIT);
    }
    return wishes;
  }

  @Override
  public void close() {
    http.shutdownNow();
    List.copyOf(fleets).forEach(this::stop);
    assertThat(troubles).isEmpty();
  }
}
