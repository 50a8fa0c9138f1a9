package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class SwavTest {
  private static final Update UPDATE = Update.sgd(0.5, 0.9, false, 0);

  private static Swav swav(int smallCrops, long frozen) {
    Swav.Settings settings = new Swav.Settings(2, 2, smallCrops, 1, 0.05, 3, frozen);
    Swav swav = new Swav(settings, Optimizer.STANDARD, 1);
    Samples.set(prototypes(swav), 1f, 0f, 0f, 1f);
    return swav;
  }

  private static MemorySegment prototypes(Swav swav) {
    return Samples.tensor(swav.owned().getFirst(), "weights");
  }

  /** The codes of a single image are even: both prototypes share it. */
  @Test
  void allCropsAreToTellTheCodesOfTheOthers() {
    double pair = Math.log(1 + Math.E) - 0.5;
    try (Swav alone = swav(0, 0);
        Swav accompanied = swav(3, 0)) {
      alone.begin(0, new int[] {0, 0});
      accompanied.begin(0, new int[] {0, 0});

      double large = accompanied.run(new double[] {1, 0, 4, 0}, new double[4]);
      Loss ofSmall = accompanied.ofSmallCrops();
      double small = ofSmall.run(new double[] {0, 1, 0, 2, 3, 0}, new double[6]);

      assertThat(alone.run(new double[] {1, 0, 4, 0}, new double[4]))
          .isCloseTo(pair, within(1e-12));
      assertThat(large).isCloseTo(pair / 4, within(1e-12));
      assertThat(small).isCloseTo(pair * 3 / 4, within(1e-12));
    }
  }

  /** Two images apart are each coded as the prototype that they are nearest to. */
  @Test
  void codesAreThoseOfTheOtherCrop() {
    try (Swav swav = swav(0, 0)) {
      swav.begin(0, new int[] {0, 0, 1, 1});

      double told = swav.run(new double[] {1, 0, 1, 0, 0, 1, 0, 1}, new double[8]);
      double mistaken = swav.run(new double[] {1, 0, 0, 1, 0, 1, 1, 0}, new double[8]);

      assertThat(told).isCloseTo(Math.log(1 + Math.exp(-1)), within(1e-8));
      assertThat(mistaken).isCloseTo(Math.log(1 + Math.exp(1)), within(1e-8));
    }
  }

  @Test
  void prototypesStayFrozenAndThenMoveOnTheSphere() {
    try (Swav swav = swav(0, 2)) {
      step(swav, 0);
      step(swav, 1);
      assertThat(prototypes(swav).toArray(ValueLayout.JAVA_FLOAT))
          .containsExactly(1, 0, 0, 1, 0, 0);

      step(swav, 2);

      float[] moved = prototypes(swav).toArray(ValueLayout.JAVA_FLOAT);
      assertThat(moved[0]).isLessThan(1);
      assertThat(Math.hypot(moved[0], moved[1])).isCloseTo(1, within(1e-6));
      assertThat(Math.hypot(moved[2], moved[3])).isCloseTo(1, within(1e-6));
    }
  }

  private static void step(Swav swav, long step) {
    swav.begin(step, new int[] {0, 0, 1, 1});
    swav.run(new double[] {1, 0.5, 2, 0, 0, 1, -1, 1}, new double[8]);
    swav.end(UPDATE);
  }

  /** By the change of the loss of small crops, whose codes the prototypes do not change. */
  @Test
  void prototypesGoDownTheSlope() {
    double[] small = Samples.gaussian(5, 12);
    try (Swav swav = swav(3, 0)) {
      swav.begin(0, new int[] {0, 0, 1, 1});
      swav.run(new double[8], new double[8]); // no direction, no gradient, even codes
      double before = swav.ofSmallCrops().run(small, new double[12]);
      swav.end(Update.sgd(0.01, 0, false, 0));
      swav.run(new double[8], new double[8]);

      assertThat(swav.ofSmallCrops().run(small, new double[12])).isLessThan(before);
    }
  }
}
