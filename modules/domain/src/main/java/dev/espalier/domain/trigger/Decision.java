package dev.espalier.domain.trigger;

import dev.espalier.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What an event from outside did, said once for each: told again it does nothing.
 *
 * @param at when that was decided
 * @param key the digest of the event's name; of what is no event, of the place where it stood
 * @param event the event; absent where it is none
 * @param from where it stood, such as {@code espalier.events-0@17}
 * @param effect what it did
 * @param content what came; absent where it started a study, whose wish names the event
 */
public record Decision(
    Instant at,
    Digest key,
    Optional<ForeignEvent> event,
    String from,
    Effect effect,
    Optional<Content> content) {
  /** What {@code event} did. */
  public static Decision of(
      ForeignEvent event, Instant at, String from, Effect effect, Optional<Content> content) {
    return new Decision(at, event.key(), Optional.of(event), from, effect, content);
  }

  /** That what stood at {@code from} is no event. */
  public static Decision malformed(Instant at, String from, String reason, Content content) {
    return new Decision(
        at,
        Digest.of(from.getBytes(StandardCharsets.UTF_8)),
        Optional.empty(),
        from,
        new Effect.Malformed(reason),
        Optional.of(content));
  }
}
