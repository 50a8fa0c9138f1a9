package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.wire.ForeignEvents;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which events are decided, and where that stands: some 130 bytes for each event that the log
 * remembers. Safe for use by many threads.
 */
final class DecisionIndex {
  private static final int HALF = 16; // digits of a long

  private final Map<Key, Long> numbers = new ConcurrentHashMap<>();
  private final Map<String, Instant> schedules = new ConcurrentHashMap<>();

  /** The first half of a digest, which tells it from any other that is met. */
  private record Key(long high, long low) {
    static Key of(Digest digest) {
      String hex = digest.hex();
      return new Key(
          Long.parseUnsignedLong(hex.substring(0, HALF), HALF),
          Long.parseUnsignedLong(hex.substring(HALF, 2 * HALF), HALF));
    }
  }

  /** Enters {@code decision}, which stands at {@code number}; of several the first counts. */
  void add(Decision decision, long number) {
    numbers.putIfAbsent(Key.of(decision.key()), number);
    decision
        .event()
        .filter(told -> told.source().startsWith(ForeignEvents.SCHEDULES))
        .ifPresent(this::planned);
  }

  private void planned(ForeignEvent event) {
    try {
      schedules.merge(event.source(), Instant.parse(event.id()), (a, b) -> a.isAfter(b) ? a : b);
    } catch (DateTimeException e) {
      // No schedule's: those have instants as ids.
    }
  }

  /** Where the decision about the event called {@code key} stands; empty while there is none. */
  OptionalLong number(Digest key) {
    Long number = numbers.get(Key.of(key));
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** The latest time of the schedule called {@code source} that is decided. */
  Optional<Instant> latest(String source) {
    return Optional.ofNullable(schedules.get(source));
  }

  /** Forgets what stands before {@code number}. */
  void forgetBefore(long number) {
    numbers.values().removeIf(standing -> standing < number);
  }
}
