package dev.espalier.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Debian's Prometheus, which looks at a fleet every second. */
final class Prometheus implements AutoCloseable {
  private static final long LOOK = 100_000_000; // ns

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private Prometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Skips the test where there is no {@code program}. */
  static void assumeInstalled(String program) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, program).canExecute()),
        "expressions and alerts are tried by Prometheus where Debian's package prometheus is"
            + " installed");
  }

  /** Starts one that looks at {@code fleet}; whoever does closes it. */
  static Prometheus start(Path folder, URI fleet) throws IOException, InterruptedException {
    Path settings = folder.resolve("prometheus.yml");
    Files.writeString(
        settings,
        """
        global: {scrape_interval: 1s, evaluation_interval: 500ms}
        rule_files: ['%s']
        scrape_configs:
          - job_name: espalier
            static_configs: [{targets: ['%s']}]
        """
            .formatted(Expression.ALERTS.toRealPath(), fleet.getAuthority()));
    String place = "127.0.0.1:" + freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + place,
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    Prometheus started = new Prometheus(process, URI.create("http://" + place + "/"));
    started.awaitReady();
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + WatchedFleet.LIMIT.toNanos();
    while (!isReady()) {
      assertThat(process.isAlive() && System.nanoTime() < end).as("Prometheus starts").isTrue();
      LockSupport.parkNanos(LOOK);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(WatchedFleet.LIMIT).build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** What {@code expression} gives now. */
  JsonNode ask(String expression) throws IOException, InterruptedException {
    HttpResponse<String> response =
        get("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(expression + response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body()).at("/data/result");
  }

  /** Waits until what {@code expression} gives pleases {@code condition}. */
  void await(String expression, Predicate<JsonNode> condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + WatchedFleet.LIMIT.toNanos();
    JsonNode answer = ask(expression);
    while (!condition.test(answer)) {
      assertThat(System.nanoTime()).as("%s gave %s", expression, answer).isLessThan(end);
      LockSupport.parkNanos(LOOK);
      answer = ask(expression);
    }
  }

  /** Waits until the alert called {@code name} is pending or fires. */
  void awaitAlert(String name) throws IOException, InterruptedException {
    await("ALERTS{alertname=\"" + name + "\"}", answer -> !answer.isEmpty());
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroyForcibly().onExit().join();
  }
}
