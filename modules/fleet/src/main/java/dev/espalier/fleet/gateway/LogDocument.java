package dev.espalier.fleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.wire.EventSchemas;
import dev.espalier.wire.Json;
import dev.espalier.wire.YamlText;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;

/** The AsyncAPI document of everything that stands on the log. */
final class LogDocument {
  private static final String FILE = "asyncapi.yaml";
  private static final String SCHEMAS = "schemas";

  private final JsonNode root;

  private LogDocument(JsonNode root) {
    this.root = root;
  }

  /** The document of this build: the one in the jar with the schemas of the events. */
  static LogDocument load() {
    JsonNode root = YamlText.tree(Resources.read(FILE).toString(), FILE);
    ((ObjectNode) root.path("components")).set(SCHEMAS, EventSchemas.at("#/components/" + SCHEMAS));
    return new LogDocument(root);
  }

  /** Serves the document. */
  void mount(Router router) {
    Buffer yaml = Buffer.buffer(YamlText.of(root));
    Buffer json = Buffer.buffer(Json.write(root));
    Resources.serve(router, "/api/asyncapi.yaml", "application/yaml", yaml);
    Resources.serve(router, "/api/asyncapi.json", "application/json", json);
  }

  /** The whole of it. */
  JsonNode root() {
    return root;
  }
}
