package dev.espalier.fleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.espalier.fleet.gateway.ApiDocument.Operation;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds answers to what the document says of them. */
final class Contract {
  /** What any request may be answered with. */
  private static final Set<Integer> ANYWHERE = Set.of(405, 414, 431);

  private static final String URN = "urn:espalier:openapi";
  private static final String PROBLEM = "#/components/schemas/Problem";

  final ApiDocument document = ApiDocument.load();
  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder -> builder.schemas(Map.of(URN, document.root().toString())));

  /** What an operation holds in the document. */
  JsonNode written(Operation operation) {
    String method = operation.method().name().toLowerCase(Locale.ROOT);
    return document.root().path("paths").path(operation.path()).path(method);
  }

  /** The parameters of an operation, those of its path among them. */
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    JsonNode path = document.root().path("paths").path(operation.path());
    path.path("parameters").forEach(each -> parameters.add(resolved(each)));
    written(operation).path("parameters").forEach(each -> parameters.add(resolved(each)));
    return parameters;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.root().at(node.path("$ref").asText().substring(1)) : node;
  }

  /** What is wrong with {@code response} as an answer to {@code operation}; empty when nothing. */
  Optional<String> complaint(Operation operation, HttpResponse<String> response) {
    String status = Integer.toString(response.statusCode());
    JsonNode answer = resolved(written(operation).path("responses").path(status));
    boolean anywhere = ANYWHERE.contains(response.statusCode());
    if (answer.isMissingNode() && !anywhere) {
      return Optional.of("the document knows no status " + status + " there");
    }
    if (operation.method().equals(HttpMethod.HEAD)) {
      return Optional.empty();
    }
    if (anywhere) {
      return ofBody(PROBLEM, response.body());
    }
    String type = mediaType(response);
    JsonNode content = answer.path("content").path(type);
    if (content.isMissingNode()) {
      return Optional.of("the document knows no " + type + " with status " + status + " there");
    }
    return type.endsWith("json")
        ? ofJson(content.path("schema"), response.body())
        : Optional.empty();
  }

  static String mediaType(HttpResponse<?> response) {
    return response.headers().firstValue("content-type").orElse("none").split(";", 2)[0];
  }

  private Optional<String> ofJson(JsonNode schema, String body) {
    if (schema.has("$ref")) {
      return ofBody(schema.path("$ref").asText(), body);
    }
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.root().path("components"));
    return errors(
        SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(whole.toString())
            .validate(body, InputFormat.JSON),
        body);
  }

  private Optional<String> ofBody(String ref, String body) {
    return errors(
        registry.getSchema(SchemaLocation.of(URN + ref)).validate(body, InputFormat.JSON), body);
  }

  private static Optional<String> errors(List<?> errors, String body) {
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors + " in " + body);
  }

  /** The address of an operation with {@code value} for each variable of its path. */
  static String address(Operation operation, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    return operation.path().replaceAll("\\{[^}]*\\}", encoded);
  }

  /** {@code body} as a tree. */
  static JsonNode tree(String body) throws IOException {
    return new JsonMapper().readTree(body);
  }
}
