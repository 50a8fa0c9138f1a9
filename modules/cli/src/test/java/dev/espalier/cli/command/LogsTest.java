package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.espalier.cli.command.ServedFleet.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attempts wrote is printed once, however often connections break. */
class LogsTest {
  private static final String TASK = "sha256:" + "7".repeat(64);
  private static final String STUDY = "sha256:" + "5".repeat(64);
  private static final String RUNNING =
      "{\"line\":{\"id\":\"%s\",\"attempt\":2},\"studies\":[\"%s\"]}".formatted(TASK, STUDY);

  @TempDir private Path home;
  private Optional<StubGateway> stub = Optional.empty();

  @BeforeEach
  void serve() throws IOException {
    stub = Optional.of(StubGateway.start());
    json("/api/tasks/777", RUNNING);
    json("/api/tasks/" + TASK, RUNNING);
    json("/api/tasks/" + TASK + "/attempts/1/log", "[" + line(1) + "]");
    json("/api/tasks/" + TASK + "/attempts/2/log", "[" + line(2) + "," + line(3) + "]");
  }

  @AfterEach
  void stop() {
    stub.ifPresent(StubGateway::close);
  }

  private StubGateway stub() {
    return stub.orElseThrow();
  }

  private void json(String path, String body) {
    stub().put(path, 200, "application/json", body);
  }

  private static String line(int second) {
    return "{\"at\":\"2026-01-01T00:00:0%1$dZ\",\"level\":\"info\",\"text\":\"step %1$d\"}"
        .formatted(second);
  }

  private static String shown(int second) {
    return "2026-01-01T00:00:0%1$dZ INFO  step %1$d\n".formatted(second);
  }

  private Ran logs(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "logs";
    args[1] = "777";
    args[2] = "--gateway";
    args[3] = stub().address();
    System.arraycopy(more, 0, args, 4, more.length);
    return ServedFleet.run(home, Map.of(), args);
  }

  @Test
  void theNewestAttemptIsMeantUnlessAnotherIsNamed() {
    assertThat(logs()).isEqualTo(new Ran(Exit.OK, shown(2) + shown(3), ""));
    assertThat(logs("--attempt", "1")).isEqualTo(new Ran(Exit.OK, shown(1), ""));
    assertThat(logs("--attempt", "1", "--json").said())
        .isEqualTo(line(1).replace("}", ",\"attempt\":1}\n"));
    assertThat(logs("--attempt", "0").exitCode()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aLogIsFollowedOverBrokenConnectionsUntilTheTaskHasEnded() {
    AtomicInteger connections = new AtomicInteger();
    stub()
        .put(
            "/api/events",
            exchange -> {
              if (connections.incrementAndGet() == 1) {
                send(exchange, "7", "[" + logged(2, 3) + "," + logged(2, 4) + "]");
              } else {
                send(exchange, "8", "[" + logged(3, 5) + "]");
                send(exchange, "9", "[" + ended() + "]");
              }
            });

    assertThat(logs("--follow").said()).isEqualTo(shown(2) + shown(3) + shown(4) + shown(5));
    List<StubGateway.Asked> streams =
        stub().asked.stream().filter(asked -> asked.path().startsWith("/api/events")).toList();
    assertThat(streams)
        .hasSize(2)
        .allMatch(asked -> asked.path().contains("show=study,attempt.logged,outcome.published"))
        .extracting(StubGateway.Asked::lastEventId)
        .containsExactly(Optional.empty(), Optional.of("7"));
  }

  private static String logged(int attempt, int second) {
    return """
    {"type":"dev.espalier.attempt.logged.v1",\
    "data":{"task":"%s","attempt":%d,"lines":[%s]}}\
    """
        .formatted(TASK, attempt, line(second));
  }

  private static String ended() {
    return "{\"type\":\"dev.espalier.outcome.published.v1\",\"data\":{\"task\":\"%s\"}}"
        .formatted(TASK);
  }

  private static void send(HttpExchange exchange, String id, String data) throws IOException {
    if (exchange.getResponseCode() < 0) {
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
    }
    String event = ": alive\n\nevent: events\nid: %s\ndata: %s\n\n".formatted(id, data);
    exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  @Test
  void ofATaskThatHasEndedNothingIsAwaited() {
    json("/api/tasks/777", RUNNING.replace("{\"line\"", "{\"outcome\":{},\"line\""));

    assertThat(logs("--follow").said()).isEqualTo(shown(2) + shown(3));
  }
}
