package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was done under which key, so that a request that is sent again is not done again. Only in
 * memory: the oldest keys are forgotten when there are too many or they are too old, and all when
 * the process ends. Belongs to one event loop.
 *
 * <p>What failed is forgotten at once, so that it may be tried again.
 */
final class IdempotencyKeys<T> {
  private static final Pattern KEY =
      Pattern.compile("\"?([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200})\"?");

  private final InstantSource clock;
  private final int most;
  private final Duration kept;
  private final SequencedMap<String, Done<T>> done = new LinkedHashMap<>();

  /**
   * No keys yet.
   *
   * @param most how many are kept, at least 1
   * @param kept for how long
   */
  IdempotencyKeys(InstantSource clock, int most, Duration kept) {
    this.clock = clock;
    this.most = most;
    this.kept = kept;
  }

  /** What was done under a key: when it began, with which body, and what comes of it. */
  private record Done<T>(Instant at, Digest body, Future<T> answer) {}

  /**
   * The key that a header holds: 1 to 200 printable characters, between quotes or without.
   *
   * @throws RefusedException when it holds something else
   */
  static String parse(String header) {
    Matcher matcher = KEY.matcher(header);
    if (!matcher.matches()) {
      throw Problem.invalidParameter(
              "expected an Idempotency-Key of 1 to 200 printable characters, got " + header)
          .refusal();
    }
    return matcher.group(1);
  }

  /**
   * What {@code work} brings; done under {@code key} before, what it brought then.
   *
   * @param body what the request holds
   * @throws RefusedException when the key came with another body
   */
  Future<T> once(String key, Digest body, Supplier<Future<T>> work) {
    forgetOld();
    Done<T> known = done.get(key);
    if (known != null && !known.body().equals(body)) {
      throw new Problem(
              ProblemType.IDEMPOTENCY_KEY_REUSED,
              "expected the body that first came with the key %s, got another".formatted(key))
          .refusal();
    }
    if (known != null) {
      return known.answer();
    }
    forgetMany();
    Done<T> begun = new Done<>(clock.instant(), body, work.get());
    done.put(key, begun);
    return begun.answer().onFailure(_ -> done.remove(key, begun));
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(kept);
    done.values().removeIf(each -> each.at().isBefore(oldest));
  }

  private void forgetMany() {
    while (done.size() >= most) {
      done.pollFirstEntry();
    }
  }
}
