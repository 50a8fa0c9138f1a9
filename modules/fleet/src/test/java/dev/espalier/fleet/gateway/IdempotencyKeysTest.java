package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.fleet.Samples;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
  private static final Digest BODY = Samples.digest("a body");
  private static final Digest OTHER = Samples.digest("another");

  private Instant now = Samples.START;
  private int done;
  private final IdempotencyKeys<Integer> keys =
      new IdempotencyKeys<>(() -> now, 2, Duration.ofHours(1));

  @Test
  void workIsDoneOnceAKey() {
    assertThat(once("a", BODY)).isEqualTo(1);
    assertThat(once("b", BODY)).isEqualTo(2);
    assertThat(once("a", BODY)).isEqualTo(1);
  }

  @Test
  void aKeyHasOneBody() {
    once("a", BODY);

    assertThatThrownBy(() -> once("a", OTHER))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("expected the body that first came with the key a");
  }

  @Test
  void theOldestKeysAreForgotten() {
    once("a", BODY);
    once("b", BODY);
    once("c", BODY);

    assertThat(once("c", BODY)).isEqualTo(3);
    assertThat(once("a", OTHER)).isEqualTo(4);
  }

  @Test
  void oldKeysAreForgotten() {
    once("a", BODY);
    now = now.plus(Duration.ofMinutes(61));

    assertThat(once("a", OTHER)).isEqualTo(2);
  }

  @Test
  void whatFailedMayBeTriedAgain() {
    Future<Integer> failed =
        keys.once("a", BODY, () -> Future.failedFuture(new IllegalStateException("no")));

    assertThat(failed.failed()).isTrue();
    assertThat(once("a", OTHER)).isEqualTo(1);
  }

  private int once(String key, Digest body) {
    return keys.once(key, body, () -> Future.succeededFuture(++done)).result();
  }
}
