package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchOrderTest {
  @Test
  void anEpochTakesEveryImageOnceAndEpochsDiffer() {
    BatchOrder order = new BatchOrder(1, 100, 30);

    assertThat(order.stepsPerEpoch()).isEqualTo(3);
    assertThat(order.of(0)).doesNotHaveDuplicates().hasSize(100);
    assertThat(order.of(0)).isEqualTo(new BatchOrder(1, 100, 30).of(0));
    assertThat(order.of(0)).isNotEqualTo(order.of(1));
  }
}
