package dev.espalier.fleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.wire.Json;
import dev.espalier.wire.YamlText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The OpenAPI document of everything that a gateway serves. */
final class ApiDocument {
  private static final String FILE = "openapi.yaml";
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options");

  private final String text;
  private final JsonNode root;
  private final List<Operation> operations;

  /**
   * What can be done at an address.
   *
   * @param path its template, such as {@code /api/studies/{study}}
   * @param parameters its query parameters, and whether each may be there more than once
   */
  record Operation(HttpMethod method, String path, Map<String, Boolean> parameters) {
    /** Copies the parameters. */
    Operation {
      parameters = Map.copyOf(parameters);
    }

    private boolean takes(HttpMethod asked, String[] segments) {
      String[] own = path.split("/", -1);
      boolean fits = method.equals(asked) && own.length == segments.length;
      for (int i = 0; fits && i < own.length; i++) {
        fits = own[i].startsWith("{") || own[i].equals(segments[i]);
      }
      return fits;
    }
  }

  private ApiDocument(String text) {
    this.text = text;
    this.root = YamlText.tree(text, FILE);
    this.operations = operations(root);
  }

  /** The document of this build. */
  static ApiDocument load() {
    return new ApiDocument(Resources.read(FILE).toString());
  }

  private static List<Operation> operations(JsonNode root) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
        if (METHODS.contains(entry.getKey())) {
          Map<String, Boolean> parameters = new HashMap<>(query(root, path.getValue()));
          parameters.putAll(query(root, entry.getValue()));
          HttpMethod method = HttpMethod.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
          operations.add(new Operation(method, path.getKey(), parameters));
        }
      }
    }
    return List.copyOf(operations);
  }

  private static Map<String, Boolean> query(JsonNode root, JsonNode holder) {
    Map<String, Boolean> names = new HashMap<>();
    for (JsonNode written : holder.path("parameters")) {
      JsonNode parameter =
          written.has("$ref") ? root.at(written.path("$ref").asText().substring(1)) : written;
      if (parameter.path("in").asText().equals("query")) {
        boolean several = parameter.path("schema").path("type").asText().equals("array");
        names.put(parameter.path("name").asText(), several);
      }
    }
    return names;
  }

  /** Serves the document. */
  void mount(Router router) {
    Buffer json = Buffer.buffer(Json.write(root));
    Resources.serve(router, "/api/openapi.yaml", "application/yaml", Buffer.buffer(text));
    Resources.serve(router, "/api/openapi.json", "application/json", json);
  }

  /** The whole of it. */
  JsonNode root() {
    return root;
  }

  /** All that can be done, in the document's order. */
  List<Operation> operations() {
    return operations;
  }

  /** What {@code method} does at {@code path}; an address without variables comes first. */
  Optional<Operation> operation(HttpMethod method, String path) {
    String[] segments = path.split("/", -1);
    Stream<Operation> plain = operations.stream().filter(any -> any.path().equals(path));
    return Stream.concat(plain, operations.stream())
        .filter(any -> any.takes(method, segments))
        .findFirst();
  }

  /** What can be done at {@code path}, HEAD wherever GET can; nothing at what is not served. */
  SortedSet<String> methods(String path) {
    SortedSet<String> methods = new TreeSet<>();
    METHODS.stream()
        .map(name -> HttpMethod.valueOf(name.toUpperCase(Locale.ROOT)))
        .filter(method -> operation(method, path).isPresent())
        .forEach(method -> methods.add(method.name()));
    if (methods.contains(HttpMethod.GET.name())) {
      methods.add(HttpMethod.HEAD.name());
    }
    return methods;
  }
}
