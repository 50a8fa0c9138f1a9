package dev.espalier.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the events of a gateway have told so far. */
final class Seen {
  private static final Comparator<JsonNode> NEWEST_FIRST =
      Comparator.<JsonNode, Instant>comparing(
              line -> Instant.parse(line.path("submitted").asText()))
          .reversed();

  private final Map<String, JsonNode> studies = new HashMap<>();
  private JsonNode overview = MissingNode.getInstance();
  private Optional<JsonNode> study = Optional.empty();

  /** Takes in what an event called {@code name} says. */
  void hear(String name, JsonNode data) {
    switch (name) {
      case "overview" -> {
        overview = data;
        data.path("studies").forEach(line -> studies.put(line.path("id").asText(), line));
      }
      case "study" -> study = Optional.of(data);
      case "reset" -> forget();
      default -> {} // such as that this reader was too slow, which loses nothing
    }
  }

  /** The gateway has another log than before. */
  private void forget() {
    studies.clear();
    study = Optional.empty();
    overview = MissingNode.getInstance();
  }

  /** The fleet, and those studies that changed last; a missing node before the first. */
  JsonNode overview() {
    return overview;
  }

  /** All studies in a line each, those submitted last first. */
  List<JsonNode> studies() {
    return studies.values().stream().sorted(NEWEST_FIRST).toList();
  }

  /** The study that is followed. */
  Optional<JsonNode> study() {
    return study;
  }

  /** Where the study that is followed stands. */
  Optional<String> status() {
    return study.map(whole -> whole.path("line").path("status").asText());
  }
}
