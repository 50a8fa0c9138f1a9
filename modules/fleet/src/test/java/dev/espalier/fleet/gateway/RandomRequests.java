package dev.espalier.fleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.fleet.gateway.ApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Requests made from the document, some as it says and most a little beside. */
final class RandomRequests {
  private static final String FILE =
      """
      name: random
      data: glyphs
      network: resnet8
      training: {epochs: 2}
      pruning: {rounds: 2}
      seeds: [1, 2]
      """;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final List<String> TYPES =
      List.of("application/yaml", "application/json", "text/plain", "multipart/form-data", "/");
  private static final int LONG = 3_000;

  private final Contract contract;
  private final Random random;
  private final List<String> values;

  /** What may stand for a part of a path: without any it would be another path. */
  private final List<String> names;

  /**
   * Requests of a seed.
   *
   * @param known what is there to be asked for
   */
  RandomRequests(Contract contract, long seed, List<String> known) {
    this.contract = contract;
    this.random = new Random(seed);
    this.values = new ArrayList<>(known);
    values.addAll(
        List.of("", "0", "-1", "1", "1000", "1001", "2147483648", "1e3", "null", "true", "a"));
    values.addAll(List.of("\u0000", "\r\n", "../..", "%zz", "ä∑🌳", "'\"<>&;", "sha256:", "f"));
    values.add("x".repeat(LONG));
    this.names = values.stream().filter(value -> !value.isEmpty()).toList();
  }

  /** One request. */
  record Request(
      Operation operation, String method, String target, List<String> headers, String body) {}

  /** The next one. */
  Request next() {
    List<Operation> operations = contract.document.operations();
    Operation operation = operations.get(random.nextInt(operations.size()));
    String method = random.nextInt(8) == 0 ? any(METHODS) : operation.method().name();
    String body = method.equals("GET") || method.equals("HEAD") ? "" : body();
    return new Request(operation, method, target(operation), headers(), body);
  }

  private String target(Operation operation) {
    StringJoiner query = new StringJoiner("&");
    for (JsonNode parameter : contract.parameters(operation)) {
      if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
        query.add(parameter.path("name").asText() + "=" + encoded(value(parameter)));
      }
    }
    if (random.nextInt(8) == 0) {
      query.add(encoded(any(values)) + "=" + encoded(any(values)));
    }
    String path = operation.path();
    while (path.contains("{")) {
      path = path.replaceFirst("\\{[^}]*\\}", encoded(any(names)));
    }
    return query.length() == 0 ? path : path + "?" + query;
  }

  private String value(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    JsonNode labels =
        contract.document.root().at(schema.path("$ref").asText("#").substring(1)).path("enum");
    return labels.isEmpty() || random.nextInt(4) == 0
        ? any(values)
        : labels.get(random.nextInt(labels.size())).asText();
  }

  private List<String> headers() {
    List<String> headers = new ArrayList<>(List.of("content-type", any(TYPES.subList(0, 2))));
    if (random.nextInt(4) == 0) {
      headers.set(1, any(TYPES));
    }
    if (random.nextInt(4) == 0) {
      headers.addAll(List.of("idempotency-key", any(List.of("one", "\"two\"", "\"", "a b", ""))));
    }
    if (random.nextBoolean()) {
      headers.addAll(List.of("accept-encoding", "gzip"));
    }
    return headers;
  }

  /** The file with some lines twice, elsewhere or away, and some characters changed. */
  private String body() {
    List<String> lines = new ArrayList<>(FILE.lines().toList());
    for (int i = random.nextInt(3); i > 0; i--) {
      String line = lines.remove(random.nextInt(lines.size()));
      if (random.nextBoolean()) {
        lines.add(random.nextInt(lines.size()), line);
      }
    }
    StringBuilder text = new StringBuilder(String.join("\n", lines));
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      text.replace(at, at + random.nextInt(2), any(values));
    }
    return text.toString();
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
