package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.objective.InstanceDiscrimination.Settings;
import dev.espalier.compute.plan.Update;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InstanceDiscriminationTest {
  private static final Update UPDATE = Update.sgd(0.1, 0.9, false, 0);

  @Test
  void overTheWholeBankItIsASoftmax() {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(2, 0.1, 0), 2, 1);
    Samples.set(bank(loss), 1.0, 0.0, 0.0, 1.0);
    loss.begin(0, new int[] {0});

    assertThat(loss.run(new double[] {5, 0}, new double[2]))
        .isCloseTo(Math.log(1 + Math.exp(-1 / 0.1)), within(1e-15));
  }

  private static MemorySegment bank(InstanceDiscrimination loss) {
    return Samples.tensor(loss.owned().getFirst(), "rows");
  }

  @Test
  void amongNoiseZMakesTheMeanShareOneOfAllImages() {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(2, 0.2, 4), 3, 1);
    Samples.set(bank(loss), 1.0, 0.0, 1.0, 0.0, 1.0, 0.0);
    loss.begin(0, new int[] {1, 2});

    // Each P is 1/3, each K/N 4/3.
    assertThat(loss.run(new double[] {1, 0, 2, 0}, new double[4]))
        .isCloseTo(-Math.log(1 / 5.0) - 4 * Math.log(4 / 5.0), within(1e-14));
  }

  @Test
  void theBankFollowsByHalfOnceAStepHasEnded() {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(2, 0.1, 0), 2, 1);
    Samples.set(bank(loss), 1.0, 0.0, 0.0, 1.0);
    loss.begin(0, new int[] {0});
    loss.run(new double[] {0, 7}, new double[2]);
    assertThat(bank(loss).toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(1, 0, 0, 1);

    loss.end(UPDATE);

    double half = Math.sqrt(0.5);
    assertThat(bank(loss).toArray(ValueLayout.JAVA_DOUBLE))
        .containsExactly(new double[] {half, half, 0, 1}, within(1e-15));
  }

  @Test
  void theNoiseIsAFunctionOfSeedAndStep() {
    assertThat(first(1, 5)).isEqualTo(first(1, 5)).isNotEqualTo(first(1, 6));
    assertThat(first(2, 5)).isNotEqualTo(first(1, 5));
  }

  private static double first(long seed, long step) {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(4, 0.1, 8), 100, seed);
    double[] rows = Samples.gaussian(3, 400);
    Samples.set(bank(loss), rows);
    loss.begin(step, new int[] {7});
    return loss.run(new double[] {1, 2, 3, 4}, new double[4]);
  }

  @Test
  void theBankIsDrawnWithinItsBound() {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(48, 0.1, 8), 100, 1);

    double[] rows = bank(loss).toArray(ValueLayout.JAVA_DOUBLE);
    assertThat(rows).hasSize(4800);
    assertThat(Arrays.stream(rows).summaryStatistics())
        .satisfies(
            all -> {
              assertThat(all.getMax()).isBetween(0.24, 0.25);
              assertThat(all.getMin()).isBetween(-0.25, -0.24);
            });
  }

  @Test
  void anImageThatTheBankDoesNotKnowIsRefused() {
    InstanceDiscrimination loss = new InstanceDiscrimination(new Settings(4, 0.1, 8), 100, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.begin(0, new int[] {100}))
        .withMessage("expected images 0 to 99, got 100");
  }
}
