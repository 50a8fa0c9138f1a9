package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Norm;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Setting;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CuttingTest {
  private static final DataSpec DATA =
      Datasets.pin(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(128), OptionalInt.of(8)), Map.of());
  private static final Pattern FILTERS = new Pattern.Filters(Norm.L2);

  private final Crew crew = Crew.of(1);
  private final Apparatus apparatus = open(KnownNetwork.RESNET8);

  private static Apparatus open(KnownNetwork network) {
    Training training = Training.standard(1);
    Reading reading = new Reading(Datasets.open(DATA, Map.of()), training.augmentation(), 3, 1);
    Apparatus apparatus =
        Apparatus.open(
            new OneDnnProvider(1),
            new Lesson(reading, Objective.LABELS, training),
            new Setting(DATA, network, 3, training, Precision.FLOAT32));
    Initialisation.draw(apparatus.parameters(), 3, Initialisation.Purpose.W0);
    return apparatus;
  }

  @AfterEach
  void close() {
    apparatus.close();
    crew.close();
  }

  private static Recipe recipe(Criterion criterion, double fraction, int steps) {
    return recipe(criterion, fraction, Pattern.UNSTRUCTURED, steps, OptionalInt.empty());
  }

  private static Recipe recipe(
      Criterion criterion, double fraction, Pattern pattern, int steps, OptionalInt depth) {
    TrainingPoint start = TrainingPoint.START;
    Moment moment = Moment.UNTRAINED;
    return new Recipe(
        criterion,
        Scope.GLOBAL,
        fraction,
        start,
        pattern,
        moment,
        1,
        steps,
        depth,
        Retraining.REWIND,
        PruningSchedule.ROUNDS);
  }

  private FlatMask cut(Recipe recipe) {
    return new Cutting(recipe, apparatus, 0, crew).mask();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theStepsOfACutAreThoseOfAnExponential(long seed) {
    Random random = new Random(seed);
    long remaining = random.nextLong(1, 1_000_000);
    long removed = random.nextLong(remaining);
    int steps = 1 + random.nextInt(100);
    double density = 1 - (double) removed / remaining;

    long before = 0;
    for (int done = 1; done <= steps; done++) {
      long now = Cutting.removedAfter(done, steps, remaining, removed);
      double left = remaining * Math.pow(density, (double) done / steps);
      assertThat((double) (remaining - now)).isCloseTo(left, within(1 + 1e-6));
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    assertThat(before).isEqualTo(removed);
  }

  @ParameterizedTest
  @EnumSource(
      value = Criterion.class,
      names = {"MAGNITUDE", "SNIP", "SYNFLOW", "FORCE"})
  void aCutInStepsRemovesAsManyAndLeavesTheNetworkAsItWas(Criterion criterion) {
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    Recipe recipe = recipe(criterion, 0.9, 3);

    FlatMask cut = cut(recipe);

    assertThat(cut.count()).isEqualTo(cut.total() - recipe.removed(cut.total()));
    assertThat(apparatus.parameters().floats(Buffer.WEIGHTS)).isEqualTo(weights);
    assertThat(apparatus.mask().count()).isEqualTo(cut.total());
    assertThat(cut(recipe).toMask()).isEqualTo(cut.toMask());
  }

  @Test
  void eachStepIsScoredUnderTheMaskOfTheStepsBefore() {
    long total = apparatus.mask().total();
    long half = Cutting.removedAfter(1, 2, total, recipe(Criterion.SNIP, 0.9, 2).removed(total));
    Mask whole = cut(recipe(Criterion.SNIP, 0.9, 2)).toMask();
    Mask atOnce = cut(recipe(Criterion.SNIP, 0.9, 1)).toMask();

    Recipe oneStep = recipe(Criterion.SNIP, 0.9, 1);
    Mask first = new Cutting(oneStep, apparatus, 0, crew).without(half).toMask();
    apparatus.putUnder(first, crew);
    Mask second =
        new Cutting(oneStep, apparatus, 0, crew).without(oneStep.removed(total) - half).toMask();

    assertThat(whole).isEqualTo(second).isNotEqualTo(atOnce);
    assertThat(whole.isWithin(first)).isTrue();
  }

  @Test
  void whatForceRemovedInAnEarlierStepMayComeBack() {
    long total = apparatus.mask().total();
    Recipe recipe = recipe(Criterion.FORCE, 0.9, 3);
    long half = Cutting.removedAfter(1, 3, total, recipe.removed(total));

    Mask first =
        new Cutting(recipe(Criterion.FORCE, 0.9, 1), apparatus, 0, crew).without(half).toMask();

    assertThat(cut(recipe).toMask().isWithin(first)).isFalse();
  }

  @Test
  void slimmingRemovesTheFiltersWithTheLeastScaleBehindThem() {
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    for (Slot slot : apparatus.parameters().slots()) {
      if (slot.kind() == Slot.Kind.SCALE) {
        for (int i = slot.offset(); i < slot.end(); i++) {
          weights[i] = (i - slot.offset()) % 4 == 1 ? -0.5f : 1;
        }
      }
    }
    apparatus.parameters().set(Buffer.WEIGHTS, weights);

    FlatMask cut = cut(recipe(Criterion.SLIMMING, 0.25, FILTERS, 1, OptionalInt.empty()));

    assertThat(cut.count()).isEqualTo(cut.total() - cut.total() / 4);
    for (TensorMask tensor : cut.toMask().tensors()) {
      int filter = tensor.length() / tensor.shape().getFirst();
      for (int i = 0; i < tensor.length(); i++) {
        assertThat(tensor.keeps(i)).isEqualTo(i / filter % 4 != 1);
      }
    }
  }

  @Test
  void slimmingIsRefusedWhereThereIsNoBatchNorm() {
    try (Apparatus plain = open(KnownNetwork.CNN)) {
      Recipe recipe = recipe(Criterion.SLIMMING, 0.5, FILTERS, 1, OptionalInt.empty());

      assertThatThrownBy(() -> new Cutting(recipe, plain, 0, crew).mask())
          .isInstanceOf(TaskException.class)
          .hasMessage(
              "expected a batch norm behind every layer that slimming may prune, got none behind"
                  + " conv1.weight");
    }
  }

  @Test
  void onlyTheFirstConvolutionsArePrunedAndTheFractionIsOfTheirs() {
    Recipe recipe = recipe(Criterion.MAGNITUDE, 0.5, Pattern.UNSTRUCTURED, 1, OptionalInt.of(2));

    FlatMask cut = cut(recipe);

    long first = 16 * 3 * 9;
    long second = 16 * 16 * 9;
    assertThat(cut.count()).isEqualTo(cut.total() - (first + second) / 2);
    for (TensorMask tensor : cut.toMask().tensors()) {
      boolean pruned =
          tensor.name().equals("conv1.weight") || tensor.name().equals("layer1.0.conv1.weight");
      assertThat(tensor.count() < tensor.length()).isEqualTo(pruned);
    }
    assertThat(cut(recipe(Criterion.MAGNITUDE, 0.5, FILTERS, 1, OptionalInt.of(99))).count())
        .isLessThan(cut.count());
  }
}
