package dev.espalier.compute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Precision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchTest {
  @Test
  void figuresAreInOrder() {
    Load load = new Load(KnownNetwork.RESNET8, 32, 16, 1, Precision.FLOAT32);

    Findings findings = Bench.measure(load, Duration.ofMillis(300));

    assertOrder(findings.training());
    assertOrder(findings.evaluation());
    assertOrder(findings.product());
    assertThat(findings.peakShare()).isPositive();
  }

  @Test
  void pruningIsMeasuredOnAnyNumberOfThreads() {
    try (PruningTime pruning = new PruningTime(10_000, 2)) {
      assertOrder(pruning.measure(Duration.ofMillis(20)));
    }
  }

  @Test
  void anEmptyLoadIsRefused() {
    assertThatThrownBy(() -> new Load(KnownNetwork.RESNET8, 32, 0, 1, Precision.FLOAT32))
        .hasMessageContaining("a batch of at least 1 image and at least 1 thread, got 32, 0 and 1");
    assertThatThrownBy(() -> new PruningTime(0, 1)).hasMessageContaining("at least 1 weight");
  }

  private static void assertOrder(Speed speed) {
    assertThat(speed.median()).isPositive().isLessThanOrEqualTo(speed.best());
  }
}
