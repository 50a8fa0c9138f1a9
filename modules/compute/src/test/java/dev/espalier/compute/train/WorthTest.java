package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.MemoryArtifacts;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Norm;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Setting;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorthTest {
  private static final DataSpec DATA =
      Datasets.pin(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(32), OptionalInt.of(8)), Map.of());
  private static final Training TRAINING =
      new Training(
          1,
          8,
          Optimizer.STANDARD,
          0.05,
          List.of(),
          0.1,
          5e-4,
          TrainingPoint.START,
          Augmentation.STANDARD);
  private static final Setting SETTING =
      new Setting(DATA, KnownNetwork.RESNET8, 3, TRAINING, Precision.FLOAT32);

  private final Apparatus apparatus = open(Objective.LABELS);

  private static Apparatus open(Objective objective) {
    Dataset data = Datasets.open(DATA, Map.of());
    Reading reading = new Reading(data, TRAINING.augmentation(), SETTING.seed(), 1);
    Lesson lesson = new Lesson(reading, objective, TRAINING);
    return Apparatus.open(new OneDnnProvider(1), lesson, SETTING);
  }

  @BeforeEach
  void draw() {
    Initialisation.draw(apparatus.parameters(), SETTING.seed(), Initialisation.Purpose.W0);
  }

  @AfterEach
  void close() {
    apparatus.close();
  }

  private static Recipe recipe(Criterion criterion, int batches) {
    return new Recipe(
        criterion,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.START,
        criterion == Criterion.SLIMMING ? new Pattern.Filters(Norm.L1) : Pattern.UNSTRUCTURED,
        Moment.UNTRAINED,
        batches);
  }

  private float[] worth(Criterion criterion, int batches) {
    return worth(apparatus, criterion, batches);
  }

  private static float[] worth(Apparatus apparatus, Criterion criterion, int batches) {
    try (Worth worth = Worth.of(recipe(criterion, batches), apparatus, 0)) {
      return worth.values().toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  @Test
  void curvatureIsThatOfSmallCropsToo() {
    float[] largeAlone = ofCrops(0);
    float[] all = ofCrops(2);

    assertThat(all).hasSameSizeAs(largeAlone).isNotEqualTo(largeAlone);
  }

  private static float[] ofCrops(int small) {
    try (Apparatus apparatus = open(new Objective.Swav(16, 0.1, 0.05, 16, small, 16))) {
      Initialisation.draw(apparatus.parameters(), SETTING.seed(), Initialisation.Purpose.W0);
      return worth(apparatus, Criterion.GRASP, 1);
    }
  }

  /** The gradients of the first batches, one after the other. */
  private List<float[]> gradients(int batches) {
    return IntStream.range(0, batches)
        .mapToObj(
            batch -> {
              show(batch);
              apparatus.plan().gradients();
              return apparatus.parameters().floats(Buffer.GRADIENTS);
            })
        .toList();
  }

  private int[] show(int batch) {
    try (var feed = apparatus.lesson().steps(batch, batch + 1L)) {
      return feed.next(
          inputs -> {
            apparatus.lesson().teach(batch, inputs, apparatus.plan());
            return inputs.answers();
          });
    }
  }

  @Test
  void gradientsAreThoseOfAStepAndChangeNothingElse() {
    show(0);
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    float[] statistics = apparatus.parameters().floats(Buffer.STATISTICS);

    double loss = apparatus.plan().gradients();

    float[] gradients = apparatus.parameters().floats(Buffer.GRADIENTS);
    assertThat(apparatus.parameters().floats(Buffer.WEIGHTS)).isEqualTo(weights);
    assertThat(apparatus.parameters().floats(Buffer.STATISTICS)).isEqualTo(statistics);
    assertThat(apparatus.plan().step(apparatus.schedule().update(0, 1))).isEqualTo(loss);
    assertThat(apparatus.parameters().floats(Buffer.GRADIENTS)).isEqualTo(gradients);
  }

  @Test
  void criteriaOfGradientsAreTheirFormulas() {
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    List<float[]> gradients = gradients(3);

    float[] snip = worth(Criterion.SNIP, 3);
    float[] taylor = worth(Criterion.TAYLOR, 3);
    float[] fisher = worth(Criterion.FISHER, 3);

    for (int i = 0; i < weights.length; i++) {
      double sum = 0;
      double absolute = 0;
      double squares = 0;
      for (float[] batch : gradients) {
        sum += batch[i];
        absolute += Math.abs(batch[i]);
        squares += (double) batch[i] * batch[i];
      }
      double weight = weights[i];
      assertThat((double) snip[i]).isCloseTo(Math.abs(weight * sum / 3), within(1e-9));
      assertThat((double) taylor[i]).isCloseTo(Math.abs(weight) * absolute / 3, within(1e-9));
      assertThat((double) fisher[i]).isCloseTo(weight * weight * squares / 6, within(1e-9));
    }
    assertThat(snip).isNotEqualTo(new float[snip.length]);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOVEMENT")
  void worthComesOutTheSameAgainAndChangesNothing(Criterion criterion) {
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    float[] statistics = apparatus.parameters().floats(Buffer.STATISTICS);

    float[] first = worth(criterion, 2);

    assertThat(worth(criterion, 2)).isEqualTo(first);
    assertThat(apparatus.parameters().floats(Buffer.WEIGHTS)).isEqualTo(weights);
    assertThat(apparatus.parameters().floats(Buffer.STATISTICS)).isEqualTo(statistics);
  }

  @ParameterizedTest
  @CsvSource({
    "GRADIENT, 7, 1",
    "GRADIENT, 7, 3",
    "SQUARED_GRADIENT, 7, 7",
    "CURVED_GRADIENT, 3, 3"
  })
  void evidenceIsTheSameHoweverItsBatchesAreSharedOut(
      Criterion.Evidence wanted, int batches, int shares) {
    Random random = new Random(shares);
    int weights = apparatus.parameters().length(Buffer.WEIGHTS);
    MemoryArtifacts artifacts = new MemoryArtifacts();
    try (Evidence whole = new Evidence(wanted, weights);
        Evidence shared = new Evidence(wanted, weights)) {
      whole.gather(apparatus, 0, batches);

      List<Digest> parts = new ArrayList<>();
      for (int share = 0; share < shares; share++) {
        int first = batches * share / shares;
        try (Evidence part = new Evidence(wanted, weights)) {
          part.gather(apparatus, first, batches * (share + 1) / shares - first);
          parts.add(part.keepIn(artifacts));
        }
      }
      Collections.shuffle(parts, random);
      for (Digest part : parts) {
        shared.add(MemorySegment.ofArray(artifacts.get(part).orElseThrow()));
      }

      assertThat(shared.batches()).isEqualTo(batches);
      assertThat(shared.keepIn(artifacts)).isEqualTo(whole.keepIn(artifacts));
    }
  }

  @Test
  void evidenceOfAnotherKindIsRefused() {
    MemoryArtifacts artifacts = new MemoryArtifacts();
    try (Evidence gradients = new Evidence(Criterion.Evidence.GRADIENT, 3);
        Evidence squares = new Evidence(Criterion.Evidence.SQUARED_GRADIENT, 3)) {
      MemorySegment file =
          MemorySegment.ofArray(artifacts.get(squares.keepIn(artifacts)).orElseThrow());

      assertThatThrownBy(() -> gradients.add(file))
          .hasMessage("expected evidence GRADIENT, got SQUARED_GRADIENT");
      assertThatThrownBy(() -> new Evidence(Criterion.Evidence.CHANCE, 3))
          .hasMessage("expected evidence that images give, got CHANCE");
    }
  }

  @Test
  void theSynapticFlowThroughAllWeightsOfALayerIsTheWhole() {
    float[] weights = apparatus.parameters().floats(Buffer.WEIGHTS);
    for (Slot slot : apparatus.parameters().slots()) {
      if (slot.kind() == Slot.Kind.BIAS) {
        Arrays.fill(weights, slot.offset(), slot.end(), 0);
      }
    }
    apparatus.parameters().set(Buffer.WEIGHTS, weights);

    float[] flow = worth(Criterion.SYNFLOW, 1);

    for (Slot slot : apparatus.parameters().slots()) {
      if (slot.name().equals("conv1.weight") || slot.name().equals("fc.weight")) {
        double sum = 0;
        for (int i = slot.offset(); i < slot.end(); i++) {
          sum += flow[i];
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  /** w · (H g) against float64 and a difference so small that it is the derivative. */
  @Test
  void graspOrdersAsTheExactProductDoes() {
    float[] worth = worth(Criterion.GRASP, 1);
    double[] exact = exactGrasp();

    int[] prunable =
        apparatus.parameters().slots().stream()
            .filter(Slot::prunable)
            .flatMapToInt(slot -> IntStream.range(slot.offset(), slot.end()))
            .toArray();
    double[] came = IntStream.of(prunable).mapToDouble(i -> worth[i]).toArray();
    double[] expected = IntStream.of(prunable).mapToDouble(i -> exact[i]).toArray();
    assertThat(Ranking.correlation(came, expected)).isGreaterThan(0.999);
  }

  private double[] exactGrasp() {
    int[] answers = show(0);
    float[] images = new float[apparatus.plan().images().remaining()];
    apparatus.plan().images().get(images);
    try (Parameters parameters = Parameters.float64(apparatus.parameters().architecture());
        Plan plan =
            new Nd4jProvider()
                .compile(parameters.architecture(), parameters, apparatus.plan().batch())) {
      double[] weights = apparatus.parameters().doubles(Buffer.WEIGHTS);
      plan.images().put(images);
      plan.labels(answers);
      double[] gradient = gradientAt(plan, parameters, weights);
      double[] direction = new double[weights.length];
      for (Slot slot : parameters.slots()) {
        if (slot.prunable()) {
          System.arraycopy(gradient, slot.offset(), direction, slot.offset(), slot.length());
        }
      }
      double reach = 1e-6;
      double[] above = gradientAt(plan, parameters, moved(weights, direction, reach));
      double[] below = gradientAt(plan, parameters, moved(weights, direction, -reach));
      double[] grasp = new double[weights.length];
      for (int i = 0; i < grasp.length; i++) {
        grasp[i] = weights[i] * (above[i] - below[i]) / (2 * reach);
      }
      return grasp;
    }
  }

  private static double[] gradientAt(Plan plan, Parameters parameters, double[] weights) {
    parameters.set(Buffer.WEIGHTS, weights);
    plan.gradients();
    return parameters.doubles(Buffer.GRADIENTS);
  }

  private static double[] moved(double[] weights, double[] direction, double reach) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += reach * direction[i];
    }
    return moved;
  }
}
