package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON Schemas of everything that is written: the one place where keys and defaults stand. */
final class Schemas {
  static final String PREFIX = "urn:espalier:schema:";
  static final String VERSION = ":v1";

  private static final List<String> NAMES =
      List.of(
          "definitions",
          "study-file",
          "network-file",
          "study",
          "spent",
          "task",
          "withdrawal",
          "attempt",
          "outcome",
          "mask",
          "metric",
          "log",
          "decision",
          "triggers-file");
  private static final Map<String, JsonNode> BY_URN =
      NAMES.stream().collect(Collectors.toUnmodifiableMap(Schemas::urn, Schemas::load));

  private Schemas() {}

  static String urn(String name) {
    return PREFIX + name + VERSION;
  }

  /** The name of the schema that {@code urn} stands for. */
  static String nameOf(String urn) {
    return urn.substring(PREFIX.length(), urn.length() - VERSION.length());
  }

  /** The text of every schema, by URN. */
  static Map<String, String> texts() {
    return BY_URN.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, schema -> schema.getValue().toString()));
  }

  /** The whole schema called {@code name}. */
  static JsonNode schema(String name) {
    return at(urn(name));
  }

  /** The part of {@code definitions} called {@code name}. */
  static JsonNode definition(String name) {
    return at(urn("definitions") + "#/$defs/" + name);
  }

  /** What a {@code $ref} in any schema points at. Those without a URN point into definitions. */
  static JsonNode at(String ref) {
    int hash = ref.indexOf('#');
    String urn = hash == 0 ? urn("definitions") : hash < 0 ? ref : ref.substring(0, hash);
    JsonNode schema = BY_URN.get(urn);
    JsonNode found = schema == null || hash < 0 ? schema : schema.at(ref.substring(hash + 1));
    if (found == null || found.isMissingNode()) {
      throw new IllegalArgumentException("no schema has the address " + ref);
    }
    return found;
  }

  private static JsonNode load(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("schemas/" + name + ".schema.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema " + name + " is missing from this build");
      }
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
