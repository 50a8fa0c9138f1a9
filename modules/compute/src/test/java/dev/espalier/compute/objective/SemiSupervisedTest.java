package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SemiSupervisedTest {
  private final SemiSupervised loss = new SemiSupervised(3, 0.5);

  @Test
  void anUndecidedNetworkPaysForEveryClassAndRotation() {
    loss.begin(0, new int[] {2, 2, 2, 2});

    assertThat(loss.run(new double[28], new double[28]))
        .isCloseTo(Math.log(3) + 0.5 * Math.log(4), within(1e-15));
  }

  @Test
  void anImageWithoutAClassTeachesItsRotationAlone() {
    double[] gradient = new double[56];
    loss.begin(0, new int[] {2, 2, 2, 2, -1, -1, -1, -1});

    assertThat(loss.run(new double[56], gradient))
        .isCloseTo(Math.log(3) + 0.5 * Math.log(4), within(1e-15));
    for (int row = 0; row < 8; row++) {
      double known = row < 4 ? 1 : 0;
      assertThat(gradient[row * 7]).isCloseTo(known / 12, within(1e-15));
      assertThat(gradient[row * 7 + 2]).isCloseTo(-known / 6, within(1e-15));
      assertThat(gradient[row * 7 + 3 + row % 4]).isCloseTo(-0.5 * 0.75 / 8, within(1e-15));
    }
  }

  @Test
  void aBatchWithoutAnyClassTeachesRotations() {
    loss.begin(0, new int[] {-1, -1, -1, -1});

    assertThat(loss.run(new double[28], new double[28]))
        .isCloseTo(0.5 * Math.log(4), within(1e-15));
  }

  @Test
  void whatIsNoClassIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.begin(0, new int[] {0, 3}))
        .withMessage("expected a class of 0 to 2 or -1 for none, got 3 at row 1");
  }
}
