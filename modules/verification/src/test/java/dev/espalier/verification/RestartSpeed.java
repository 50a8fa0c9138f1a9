package dev.espalier.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Rehearsal;
import dev.espalier.kafka.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long after its start the gateway command has read a log of {@code -Dspeed.events} again, the
 * broker being another process of the same machine.
 */
class RestartSpeed {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double SECOND = 1e9;

  @TempDir private static Path folder;

  @Test
  void aGatewayIsReadyThisLongAfterItsStart() throws Exception {
    int events = Integer.getInteger("speed.events", 1_000_000);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      Rehearsal.fill(broker.connection(), events);
      for (int turn = 0; turn < 4; turn++) {
        start(broker.connection().bootstrap(), events);
      }
    }
  }

  private static void start(String servers, int events) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process gateway =
        new ProcessBuilder(
                ROOT.resolve("espalier").toString(),
                "gateway",
                "--kafka",
                servers,
                "--work",
                folder.resolve("work").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      assertThat(line).contains("live at ");
      double listening = (System.nanoTime() - began) / SECOND;
      URI page = URI.create(line.substring(line.indexOf("http")));
      awaitReady(page.resolve("health/ready"));
      double ready = (System.nanoTime() - began) / SECOND;
      System.out.printf(
          Locale.ROOT,
          "%,d events: the gateway listens %.1f s after its start, and has read them after %.1f s,"
              + " %.1f s of a processor%n",
          events,
          listening,
          ready,
          gateway.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    } finally {
      gateway.destroy();
      gateway.waitFor();
    }
  }

  private static void awaitReady(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
        assertThat(System.nanoTime()).as("%s is ready", address).isLessThan(deadline);
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
