package dev.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a well-behaved server gives on bad days only. */
class S3AnswersTest {
  private HttpServer server;
  private final AtomicInteger puts = new AtomicInteger();
  private List<Integer> answers = List.of();
  private String code = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /**
   * A put is answered by the next of {@link #answers}, the last one for ever; the rest with 200.
   */
  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT")) {
      int status = answers.get(Math.min(puts.getAndIncrement(), answers.size() - 1));
      byte[] error = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(UTF_8);
      exchange.sendResponseHeaders(status, status == 200 ? -1 : error.length);
      if (status != 200) {
        exchange.getResponseBody().write(error);
      }
    } else if (exchange.getRequestMethod().equals("GET")) {
      byte[] none = "<ListBucketResult></ListBucketResult>".getBytes(UTF_8);
      exchange.sendResponseHeaders(200, none.length);
      exchange.getResponseBody().write(none);
    } else {
      exchange.getResponseHeaders().add("Last-Modified", "Wed, 04 Mar 2026 05:06:07 GMT");
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  @Test
  void whatPassesIsTriedAgain() {
    answers = List.of(503, 500, 200);
    code = "SlowDown";

    try (ArtifactStore store = open()) {
      store.put(ArtifactsContract.BYTES);
    }

    assertThat(puts).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({
    "503, ServiceUnavailable, Unreachable, 4",
    "507, InsufficientStorage, Full, 1",
    "403, QuotaExceeded, Full, 1",
    "403, AccessDenied, Refused, 1",
    "404, NoSuchBucket, Refused, 1"
  })
  void eachAnswerHasItsTrouble(int status, String said, String trouble, int tries) {
    answers = List.of(status);
    code = said;

    try (ArtifactStore store = open()) {
      assertThatThrownBy(() -> store.put(ArtifactsContract.BYTES))
          .isInstanceOf(ArtifactsException.class)
          .hasMessageContaining(ArtifactsContract.DIGEST.toString())
          .extracting(thrown -> thrown.getClass().getSimpleName())
          .isEqualTo(trouble);
    }
    assertThat(puts).hasValue(tries);
  }

  private ArtifactStore open() {
    S3Address address =
        S3Address.parse(
            "s3://nets?endpoint=http://127.0.0.1:%d&pathStyle=true"
                .formatted(server.getAddress().getPort()));
    return S3Artifacts.at(address, S3Server.credentials("secret"), InstantSource.system());
  }
}
