package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.command.ServedFleet.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways are kept by name, and their tokens are for them alone. */
class ContextCommandTest {
  private static final String SECRET = "secret-1871";
  private static final String NONE =
      "{\"version\":0,\"studies\":[],\"workers\":[],\"waiting\":0,\"imagesPerSecond\":0}";

  @TempDir private Path home;

  private Ran run(String... args) {
    return ServedFleet.run(home, Map.of(), args);
  }

  private String token() throws IOException {
    return Files.writeString(home.resolve("token"), SECRET + "\n").toString();
  }

  @Test
  void theFirstContextIsCurrentUntilAnotherIsUsed() throws Exception {
    assertThat(run("context").said()).isEqualTo("no contexts\n");
    assertThat(run("context", "add", "lab", "--gateway", "http://127.0.0.1:1").exitCode()).isZero();
    run("context", "add", "cluster", "--gateway", "https://h/espalier", "--token-file", token());

    assertThat(run("context", "list").said().lines())
        .containsSubsequence(
            "  cluster  https://h/espalier/   kept", "* lab      http://127.0.0.1:1/   none");
    assertThat(run("context", "use", "cluster").exitCode()).isZero();
    assertThat(new JsonMapper().readTree(run("context", "--json").said()).toString())
        .isEqualTo(
            "[{\"name\":\"cluster\",\"gateway\":\"https://h/espalier/\",\"token\":true,"
                + "\"current\":true},{\"name\":\"lab\",\"gateway\":\"http://127.0.0.1:1/\","
                + "\"token\":false,\"current\":false}]");
    assertThat(run("context", "remove", "cluster").exitCode()).isZero();
    assertThat(run("context", "use", "cluster"))
        .isEqualTo(
            new Ran(
                Exit.USAGE,
                "",
                "espalier: expected the name of a context, one of [lab], got cluster\n"));
  }

  @Test
  void contextsAreForTheirOwnerAlone() throws Exception {
    run("context", "add", "lab", "--gateway", "http://127.0.0.1:1", "--token-file", token());
    Path file = home.resolve(".config/espalier/contexts.yaml");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            current: "lab"
            contexts:
              "lab":
                gateway: "http://127.0.0.1:1/"
                token: "secret-1871"
            """);
    assertThat(ServedFleet.run(home, Map.of("XDG_CONFIG_HOME", home + "/other"), "context").said())
        .isEqualTo("no contexts\n");
  }

  @Test
  void whatIsWrongIsSaidWithoutTheToken() throws Exception {
    assertThat(run("context", "add", "lab").complained()).contains("expected --gateway URL");
    assertThat(run("context", "add", "--gateway", "http://h").complained())
        .contains("expected the name of a context behind add");
    assertThat(run("context", "add", "a/b", "--gateway", "http://h").complained())
        .contains("got a/b");
    assertThat(run("context", "add", "lab", "--gateway", "ftp://h").complained())
        .contains("expected the address of a gateway, such as http://127.0.0.1:8080, got ftp://h");
    assertThat(run("context", "add", "lab", "--gateway", "http://u:" + SECRET + "@h").complained())
        .contains("got one with a password")
        .doesNotContain(SECRET);
    Path two = Files.writeString(home.resolve("two"), SECRET + " " + SECRET);
    assertThat(
            run("context", "add", "l", "--gateway", "http://h", "--token-file", two.toString())
                .complained())
        .contains("expected a token of 1 to 4096 printable characters in " + two)
        .doesNotContain(SECRET);
    Path file = Files.createDirectories(home.resolve(".config/espalier"));
    Files.writeString(file.resolve("contexts.yaml"), "contexts:\n\t- a");
    assertThat(run("studies"))
        .returns(Exit.USAGE, Ran::exitCode)
        .extracting(Ran::complained)
        .asString()
        .contains("contexts.yaml, line 2");
  }

  @Test
  void aTokenGoesToTheGatewayThatItBelongsToAndNoOther() throws Exception {
    try (StubGateway own = StubGateway.start();
        StubGateway other = StubGateway.start()) {
      own.put("/api/studies", 200, "application/json", NONE);
      other.put("/api/studies", 200, "application/json", NONE);
      run("context", "add", "lab", "--gateway", own.address(), "--token-file", token());

      assertThat(run("studies")).isEqualTo(new Ran(Exit.OK, "no studies\n", ""));
      run("studies", "--context", "lab");
      run("studies", "--gateway", other.address());
      ServedFleet.run(home, Map.of(GatewayOptions.GATEWAY, other.address()), "studies");
      ServedFleet.run(
          home, Map.of(GatewayOptions.TOKEN, "another"), "studies", "--gateway", other.address());

      assertThat(own.asked)
          .extracting(StubGateway.Asked::authorization)
          .containsExactly(Optional.of("Bearer " + SECRET), Optional.of("Bearer " + SECRET));
      assertThat(other.asked)
          .extracting(StubGateway.Asked::authorization)
          .containsExactly(Optional.empty(), Optional.empty(), Optional.of("Bearer another"));
    }
  }

  @Test
  void aRedirectLeadsNoTokenAstray() throws Exception {
    try (StubGateway own = StubGateway.start();
        StubGateway other = StubGateway.start()) {
      own.put(
          "/api/studies",
          exchange -> {
            exchange.getResponseHeaders().set("location", other.address() + "/api/studies");
            exchange.sendResponseHeaders(302, -1);
          });
      Ran ran = run("studies", "--gateway", own.address(), "--token-file", token());

      assertThat(ran.exitCode()).isEqualTo(Exit.ENVIRONMENT);
      assertThat(ran.complained()).doesNotContain(SECRET);
      assertThat(other.asked).isEmpty();
    }
  }
}
