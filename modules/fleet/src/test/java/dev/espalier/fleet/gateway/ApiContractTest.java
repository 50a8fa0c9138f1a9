package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.fleet.gateway.ApiDocument.Operation;
import dev.espalier.fleet.meter.ClientMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the document says of every route is what the route does. */
class ApiContractTest {
  /**
   * Parameters that may have any value: what is no position of the log is answered in the stream.
   */
  private static final Set<String> FREE = Set.of("name", "after", "trigger");

  private static final Contract CONTRACT = new Contract();
  private static final String FILE =
      "{name: again, data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 2},"
          + " seeds: [7]}";

  @TempDir private static Path folder;
  private static Optional<ServedGateway> served = Optional.empty();

  @BeforeAll
  static void serve() throws InterruptedException {
    served = Optional.of(ServedGateway.start(folder));
  }

  @AfterAll
  static void close() {
    assertThat(gateway().troubles).isEmpty();
    gateway().close();
  }

  private static ServedGateway gateway() {
    return served.orElseThrow();
  }

  static List<Operation> operations() {
    return CONTRACT.document.operations();
  }

  @Test
  void whatIsServedIsDocumentedAndWhatIsDocumentedIsServed() {
    Set<String> documented =
        operations().stream()
            .map(each -> each.method() + " " + each.path())
            .collect(Collectors.toSet());

    assertThat(mounted()).isEqualTo(documented);
  }

  private static Set<String> mounted() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = Vertx.vertx();
    try {
      GatewayVerticle verticle =
          new GatewayVerticle(
              new GatewayVerticle.Address("127.0.0.1", 0),
              gateway().connection(),
              gateway().fleet.board(),
              gateway().fleet.views(),
              gateway().fleet.submissions().orElseThrow(),
              gateway().tools.artifacts(),
              Optional.empty(),
              registry,
              new ClientMeters(registry),
              List.of());
      vertx.deployVerticle(verticle).await();
      return verticle.router().getRoutes().stream()
          .filter(route -> route.getPath() != null)
          .flatMap(ApiContractTest::told)
          .collect(Collectors.toCollection(TreeSet::new));
    } finally {
      vertx.close().await();
    }
  }

  private static Stream<String> told(Route route) {
    String path = route.getPath().replaceAll(":([a-z]+)", "{$1}");
    return route.methods().stream().map(method -> method + " " + path);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void goodRequestsAreAnsweredAsDocumented(Operation operation) throws Exception {
    boolean told = takesEvent(operation);
    String body = told ? ServedGateway.EVENT : takesBody(operation) ? FILE : "";
    HttpResponse<String> response =
        gateway()
            .send(
                gateway()
                    .request(operation.method().name(), good(operation), body)
                    .header(
                        "content-type",
                        told ? "application/cloudevents+json" : "application/yaml"));

    assertThat(response.statusCode()).as(response.body()).isIn(200, 201, 202);
    assertThat(CONTRACT.complaint(operation, response)).isEmpty();
  }

  /** An address at which all is right, but for the parameter called {@code left}, which is away. */
  private static String without(String left, Operation operation) {
    String address = goodPath(operation);
    for (JsonNode parameter : CONTRACT.parameters(operation)) {
      String name = parameter.path("name").asText();
      boolean needed = parameter.path("in").asText().equals("query") && parameter.has("required");
      address = needed && !name.equals(left) ? with(address, name + "=" + good(name)) : address;
    }
    return address;
  }

  private static String good(String parameter) {
    return switch (parameter) {
      case "op" -> "and";
      case "studies" -> gateway().study.toString();
      default -> ServedGateway.MASK.digest().toString();
    };
  }

  private static String good(Operation operation) {
    return without("", operation);
  }

  private static String with(String address, String parameter) {
    return address + (address.contains("?") ? "&" : "?") + parameter;
  }

  private static String goodPath(Operation operation) {
    return switch (operation.path()) {
      case String path when path.contains("{mask}") || path.contains("{artifact}") ->
          Contract.address(operation, ServedGateway.MASK.digest().toString());
      case String path when path.contains("{letter}") ->
          Contract.address(operation, letter(operation));
      case String path when path.contains("{event}") ->
          Contract.address(operation, gateway().event);
      case String path when path.contains("{attempt}") ->
          Contract.address(operation, ServedGateway.NODES.get(1).id().toString())
              .replaceAll("/[^/]*/log$", "/1/log");
      case String path when path.contains("{problem}") -> Contract.address(operation, "not-found");
      case String path when path.contains("{file}") -> Contract.address(operation, "page.js");
      case String path when path.contains("{task}") ->
          Contract.address(operation, ServedGateway.NODES.get(1).id().toString());
      default -> Contract.address(operation, gateway().study.toString());
    };
  }

  /** What settles a letter has one of its own. */
  private static String letter(Operation operation) {
    return switch (operation.path()) {
      case String path when path.endsWith("/requeue") -> "1";
      case String path when path.endsWith("/drop") -> "2";
      default -> "0";
    };
  }

  private static boolean takesBody(Operation operation) {
    return CONTRACT.written(operation).has("requestBody");
  }

  private static boolean takesEvent(Operation operation) {
    return CONTRACT
        .written(operation)
        .at("/requestBody/content")
        .has("application/cloudevents+json");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void parametersThatNobodyKnowsAreRefusedByName(Operation operation) throws Exception {
    HttpResponse<String> response =
        gateway()
            .send(
                gateway()
                    .request(operation.method().name(), with(good(operation), "nonsense=1"), ""));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(CONTRACT.complaint(operation, response)).isEmpty();
    if (!operation.method().equals(HttpMethod.HEAD)) {
      assertThat(response.body()).contains("/problems/unknown-parameter", "nonsense");
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void badParametersAreRefusedAsDocumented(Operation operation) throws Exception {
    for (JsonNode parameter : CONTRACT.parameters(operation)) {
      String name = parameter.path("name").asText();
      String bad =
          switch (parameter.path("in").asText()) {
            case "path" -> Contract.address(operation, "no such thing");
            case "query" -> with(without(name, operation), name + "=%00%20-");
            default -> good(operation);
          };
      HttpResponse<String> response =
          gateway().send(gateway().request(operation.method().name(), bad, ""));

      assertThat(CONTRACT.complaint(operation, response)).as(bad).isEmpty();
      assertThat(response.statusCode())
          .as(bad + response.body())
          .isIn(FREE.contains(name) ? Set.of(200) : Set.of(400, 404, 415));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void oversizedRequestsAreRefusedAsDocumented(Operation operation) throws Exception {
    String method = operation.method().name();
    String large = "x".repeat(20_000);
    HttpResponse<String> line =
        gateway().send(gateway().request(method, with(good(operation), "limit=" + large), ""));
    HttpResponse<String> headers =
        gateway().send(gateway().request(method, good(operation), "").header("x-large", large));

    assertThat(List.of(line.statusCode(), headers.statusCode())).containsExactly(414, 431);
    if (!operation.method().equals(HttpMethod.HEAD)) {
      assertThat(CONTRACT.complaint(operation, line)).isEmpty();
      assertThat(CONTRACT.complaint(operation, headers)).isEmpty();
    }
    if (operation.method().equals(HttpMethod.POST)) {
      HttpResponse<String> body =
          gateway().send(gateway().request(method, good(operation), large.repeat(20)));
      assertThat(body.statusCode()).isEqualTo(413);
      assertThat(CONTRACT.complaint(operation, body)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void otherMethodsAreRefusedWithThoseThatAreAllowed(Operation operation) throws Exception {
    HttpResponse<String> response =
        gateway().send(gateway().request("DELETE", good(operation), ""));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow").orElse(""))
        .contains(operation.method().name());
    assertThat(CONTRACT.complaint(operation, response)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void headIsAnsweredWhereGetIsWithoutABody(Operation operation) throws Exception {
    if (operation.method().equals(HttpMethod.GET)) {
      HttpResponse<String> get = gateway().get(good(operation));
      HttpResponse<String> head = gateway().send(gateway().request("HEAD", good(operation), ""));

      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(Contract.mediaType(head)).isEqualTo(Contract.mediaType(get));
      assertThat(head.body()).isEmpty();
    }
  }

  /** As many as {@code -Despalier.fuzz.requests} says, from {@code -Despalier.fuzz.seed}. */
  @Test
  void randomRequestsAreAnsweredAsDocumentedToo() throws Exception {
    long seed = Long.getLong("espalier.fuzz.seed", 20_260_101);
    List<String> known =
        List.of(gateway().study.toString(), ServedGateway.NODES.getFirst().id().digest().hex());
    RandomRequests requests = new RandomRequests(CONTRACT, seed, known);
    for (int i = 0; i < Integer.getInteger("espalier.fuzz.requests", 600); i++) {
      RandomRequests.Request next = requests.next();
      HttpResponse<String> response =
          gateway()
              .send(
                  gateway()
                      .request(next.method(), next.target(), next.body())
                      .headers(next.headers().toArray(String[]::new)));

      assertThat(response.statusCode()).as("seed %d, %s", seed, next).isLessThan(500);
      if (next.method().equals(next.operation().method().name()) && isPlain(next, response)) {
        assertThat(CONTRACT.complaint(next.operation(), response))
            .as("seed %d, %s", seed, next)
            .isEmpty();
      }
    }
  }

  /** Whether it came to the operation that it was made from, and its answer can be read. */
  private static boolean isPlain(RandomRequests.Request request, HttpResponse<String> response) {
    boolean packed =
        response.headers().firstValue("content-encoding").filter("gzip"::equals).isPresent();
    String path = URI.create(request.target()).getRawPath();
    return !packed
        && CONTRACT
            .document
            .operation(request.operation().method(), path)
            .equals(Optional.of(request.operation()));
  }
}
