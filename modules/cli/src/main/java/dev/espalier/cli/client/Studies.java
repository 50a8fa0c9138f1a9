package dev.espalier.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.GatewayException.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** The studies of a gateway, by what people call them. */
public final class Studies {
  private static final String PREFIX = "sha256:";
  private static final int MOST_CANDIDATES = 10;
  private static final int BRIEF = 12;

  private Studies() {}

  /** All of them in a line each, those submitted last first. */
  public static List<JsonNode> all(Gateway gateway) {
    return gateway.list("/api/studies");
  }

  /**
   * The digest of the study that is meant.
   *
   * @param word its digest, the beginning of it, or its name
   * @throws GatewayException when that is none of the gateway's, or several
   */
  public static String named(Gateway gateway, String word) {
    List<JsonNode> alike = all(gateway).stream().filter(line -> isMeant(line, word)).toList();
    if (alike.size() == 1) {
      return alike.getFirst().path("id").asText();
    }
    throw new GatewayException(
        alike.isEmpty() ? Kind.UNKNOWN : Kind.REFUSED,
        "expected one study of %s that is %s, got %s"
            .formatted(gateway.address(), word, alike.isEmpty() ? "none" : described(alike)));
  }

  private static boolean isMeant(JsonNode line, String word) {
    String id = line.path("id").asText();
    return line.path("name").asText().equals(word)
        || id.startsWith(word)
        || id.substring(PREFIX.length()).startsWith(word);
  }

  private static String described(List<JsonNode> alike) {
    return alike.stream()
        .limit(MOST_CANDIDATES)
        .map(line -> brief(line.path("id").asText()) + " (" + line.path("name").asText() + ")")
        .collect(Collectors.joining(", ", alike.size() + ": ", ""));
  }

  /** The first digits of {@code digest}, by which people know it. */
  public static String brief(String digest) {
    String digits = digest.startsWith(PREFIX) ? digest.substring(PREFIX.length()) : digest;
    return digits.substring(0, Math.min(BRIEF, digits.length()));
  }
}
