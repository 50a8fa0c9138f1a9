package dev.espalier.domain.trigger;

import dev.espalier.domain.Digest;
import java.nio.charset.StandardCharsets;

/**
 * An event that somebody else told of. Source and id together are its name: who tells it twice
 * repeats both.
 *
 * @param source who, a URI reference, which has no spaces
 * @param id which of theirs
 * @param type what happened
 */
public record ForeignEvent(String source, String id, String type) {
  /** The digest of its name. */
  public Digest key() {
    return Digest.of((source + " " + id).getBytes(StandardCharsets.UTF_8));
  }

  /** Its name, for people. */
  @Override
  public String toString() {
    return id + " of " + source;
  }
}
