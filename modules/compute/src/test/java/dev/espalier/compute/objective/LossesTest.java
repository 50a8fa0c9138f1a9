package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.plan.CrossEntropy;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every loss. */
class LossesTest {
  private static final int IMAGES = 5;
  private static final int WIDTH = 6;

  static Stream<Arguments> losses() {
    return Stream.of(
            named("hinge", () -> new TripletLoss(WIDTH, OptionalDouble.of(TripletLoss.MARGIN))),
            named("wide hinge", () -> new TripletLoss(WIDTH, OptionalDouble.of(3))),
            named("soft triplets", () -> new TripletLoss(WIDTH, OptionalDouble.empty())),
            named("nt-xent", () -> new NtXent(WIDTH, 0.5)),
            named("semi-supervised", () -> new SemiSupervised(WIDTH - 4, 0.7)),
            named("noise", () -> npid(40)),
            named("whole bank", () -> npid(0)),
            named("swav of even codes", () -> swav(1e9)))
        .flatMap(loss -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(loss, seed)));
  }

  private static Named<Supplier<BatchLoss>> named(String name, Supplier<BatchLoss> loss) {
    return Named.of(name, loss);
  }

  private static BatchLoss npid(int negatives) {
    return new InstanceDiscrimination(
        new InstanceDiscrimination.Settings(WIDTH, 0.3, negatives), 23, 4);
  }

  /** With a large ε codes hardly follow the outputs, and so the loss's slope is all gradient. */
  private static Swav swav(double epsilon) {
    return new Swav(new Swav.Settings(WIDTH, 7, 2, 0.3, epsilon, 3, 1), Optimizer.STANDARD, 4);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsTheSlope(Supplier<BatchLoss> maker, long seed) {
    try (BatchLoss loss = maker.get()) {
      int[] answers = Samples.images(IMAGES, 2);
      if (loss instanceof SemiSupervised) {
        answers = new int[] {1, 1, 1, 1, 0, 0, 0, 0, -1, -1, -1, -1};
      }
      loss.begin(3, answers);
      Samples.assertGradientIsTheSlope(loss, Samples.gaussian(seed, answers.length * WIDTH));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theGradientOfTheSmallCropsIsTheSlope(long seed) {
    try (Swav loss = swav(0.05)) {
      loss.begin(3, Samples.images(IMAGES, 2));
      loss.run(Samples.gaussian(seed, IMAGES * 2 * WIDTH), new double[IMAGES * 2 * WIDTH]);
      Samples.assertGradientIsTheSlope(
          loss.ofSmallCrops(), Samples.gaussian(seed + 9, IMAGES * 2 * WIDTH));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theGradientOfSmoothedLabelsIsTheSlope(long seed) {
    CrossEntropy loss = new CrossEntropy(4, 3);
    loss.labels(new int[] {2, 0, 1, 2}, 0.2);
    Samples.assertGradientIsTheSlope(loss, Samples.gaussian(seed, 12));
  }

  static Stream<Supplier<BatchLoss>> owners() {
    return Stream.of(() -> npid(40), () -> npid(0), () -> swav(0.05));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void whatIsOwnedGoesOnToTheSameBytes(Supplier<BatchLoss> maker) {
    try (BatchLoss calm = maker.get();
        BatchLoss cut = maker.get();
        BatchLoss resumed = maker.get()) {
      train(calm, 0, 6);
      train(cut, 0, 3);
      copyState(cut, resumed);
      train(resumed, 3, 6);

      assertThat(state(resumed)).isEqualTo(state(calm));
      assertThat(state(cut)).isNotEqualTo(state(calm));
    }
  }

  private static void train(BatchLoss loss, int from, int to) {
    for (int step = from; step < to; step++) {
      double[] outputs = Samples.gaussian(step, IMAGES * 2 * WIDTH);
      loss.begin(step, Samples.images(IMAGES, 2));
      loss.run(outputs, new double[outputs.length]);
      loss.end(Update.sgd(0.1, 0.9, false, 0));
    }
  }

  private static void copyState(BatchLoss from, BatchLoss to) {
    for (int i = 0; i < from.owned().size(); i++) {
      Owned owner = to.owned().get(i);
      owner.resume(from.owned().get(i).values());
      from.owned()
          .get(i)
          .tensors()
          .forEach((name, live) -> Samples.tensor(owner, name).copyFrom(live));
    }
  }

  private static List<Map<String, String>> state(BatchLoss loss) {
    return loss.owned().stream()
        .map(
            owner -> {
              Map<String, String> all = new TreeMap<>(owner.values());
              owner
                  .tensors()
                  .forEach(
                      (name, live) ->
                          all.put(name, Arrays.toString(live.toArray(ValueLayout.JAVA_BYTE))));
              return all;
            })
        .toList();
  }
}
