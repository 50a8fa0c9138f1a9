package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.espalier.cli.command.ServedFleet.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between a person and a gateway is told in a sentence and an exit code. */
class ProblemsTest {
  private static final String PROBLEM = "application/problem+json";
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String NONE = "{\"studies\":[]}";

  @TempDir private Path home;
  private Optional<StubGateway> stub = Optional.empty();

  @BeforeEach
  void serve() throws IOException {
    stub = Optional.of(StubGateway.start());
  }

  @AfterEach
  void stop() {
    stub.ifPresent(StubGateway::close);
  }

  private StubGateway stub() {
    return stub.orElseThrow();
  }

  private Ran studies(String... more) {
    List<String> line =
        Stream.concat(Stream.of("studies", "--gateway", stub().address()), Stream.of(more))
            .toList();
    return ServedFleet.run(home, Map.of(), line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "401, 3", "403, 3", "404, 2", "500, 70", "503, 3"})
  void aProblemIsOneSentenceAndAnExitCode(int status, int exitCode) {
    stub()
        .put(
            "/api/studies",
            status,
            PROBLEM,
            "{\"title\":\"Wrong\",\"detail\":\"expected a word, got \\u001b[2J\","
                + "\"candidates\":[\"a\",\"b\"]}");

    assertThat(studies())
        .isEqualTo(new Ran(exitCode, "", "espalier: expected a word, got \ufffd[2J: a, b\n"));
  }

  @Test
  void aGatewayThatIsNotThereIsNamed() {
    assertThat(ServedFleet.run(home, Map.of(), "watch", "--gateway", "http://127.0.0.1:1"))
        .isEqualTo(
            new Ran(
                Exit.ENVIRONMENT,
                "",
                "espalier: expected a gateway at http://127.0.0.1:1/, and nothing listens"
                    + " there\n"));
    assertThat(ServedFleet.run(home, Map.of(), "studies", "--gateway", "http://nobody.invalid"))
        .returns(Exit.ENVIRONMENT, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .startsWith("espalier: expected a gateway at http://nobody.invalid/, and ");
  }

  @Test
  void eventsOfTheLogAreForProgramsAlone() {
    assertThat(ServedFleet.run(home, Map.of(), "watch", "--show", "all"))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .contains("expected --json with --show");
  }

  @Test
  void somethingElseThanAGatewayIsToldApart() {
    stub().put("/api/studies", 200, "text/html", "<html>");
    String sentence = "espalier: expected a gateway of Espalier at " + stub().address() + "/, got ";

    assertThat(studies())
        .isEqualTo(new Ran(3, "", sentence + "200 and text/html of something else\n"));
    stub().put("/api/studies", 200, "application/json", "{");
    assertThat(studies())
        .isEqualTo(new Ran(3, "", sentence + "200 and application/json of something else\n"));
    stub().put("/api/studies", 502, "text/html", "<html>");
    assertThat(studies().complained()).endsWith(", got 502\n");
    stub().put("/api/studies", 401, "text/plain", "no");
    assertThat(studies().complained()).contains("lets nobody in without the right token");
  }

  @Test
  void aListIsReadToItsEndAndNoFurtherThanTheGateway() throws IOException {
    stub()
        .put(
            "/api/studies",
            exchange -> {
              boolean second = "cursor=2".equals(exchange.getRequestURI().getQuery());
              exchange.getResponseHeaders().set("content-type", "application/json");
              exchange
                  .getResponseHeaders()
                  .set(
                      "link",
                      second
                          ? "<http://elsewhere/api/studies>; rel=\"next\""
                          : "</api/studies?cursor=2>; rel=\"next\"");
              byte[] body =
                  ("{\"studies\":[{\"part\":" + second + "}]}").getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            });

    assertThat(studies("--json").said()).isEqualTo("[\n{\"part\":false},\n{\"part\":true}\n]\n");
  }

  @Test
  void aConnectionThatBreaksIsNoAnswer() {
    stub()
        .put(
            "/api/studies",
            exchange -> {
              exchange.getResponseHeaders().set("content-type", "application/json");
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
            });

    assertThat(studies())
        .returns(3, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .startsWith(
            "espalier: expected a gateway at " + stub().address() + "/, and the connection");
  }

  @Test
  void aPrivateAuthorityVouchesForAGateway() throws Exception {
    Path keys = home.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "g",
        "-keyalg",
        "EC",
        "-dname",
        "CN=g",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString());
    Path pem = home.resolve("ca.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "g",
        "-file",
        pem.toString(),
        "-keystore",
        keys.toString());
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    try (StubGateway secure = StubGateway.start(server)) {
      secure.put("/api/studies", 200, "application/json", NONE);
      String address = "https://127.0.0.1:" + secure.port();

      assertThat(
              ServedFleet.run(
                  home, Map.of(), "studies", "--gateway", address, "--ca", pem.toString()))
          .isEqualTo(new Ran(0, "no studies\n", ""));
      assertThat(ServedFleet.run(home, Map.of(), "studies", "--gateway", address))
          .returns(3, Ran::exitCode)
          .extracting(Ran::complained)
          .asString()
          .startsWith("espalier: " + address + "/ is not trusted: ");
      assertThat(
              ServedFleet.run(home, Map.of(), "studies", "--gateway", address, "--ca", "" + keys)
                  .exitCode())
          .isEqualTo(2);
    }
  }

  private static void keytool(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(args));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
