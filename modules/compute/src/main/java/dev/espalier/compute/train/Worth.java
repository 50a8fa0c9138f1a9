package dev.espalier.compute.train;

import dev.espalier.compute.nd4j.SynapticFlow;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.task.Failure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** What the weights of a network are worth by a recipe's criterion. */
final class Worth implements AutoCloseable {
  private final MemorySegment values;
  private final Optional<NativeArray> own;

  private Worth(MemorySegment values, Optional<NativeArray> own) {
    this.values = values;
    this.own = own;
  }

  /**
   * The worth of the weights as they are.
   *
   * @param step how many steps the network was trained: what it sees are the batches of the next
   * @throws TaskException when a gradient is not finite, or the network has not what the criterion
   *     looks at
   */
  static Worth of(Recipe recipe, Apparatus apparatus, long step) {
    return of(recipe, apparatus, step, apparatus.parameters().segment(Buffer.WEIGHTS));
  }

  /**
   * The worth of {@code weights}, float32, flat, in the place of those that the network has, which
   * the criterion looks at.
   */
  static Worth of(Recipe recipe, Apparatus apparatus, long step, MemorySegment weights) {
    Criterion criterion = recipe.criterion();
    if (criterion == Criterion.MAGNITUDE) {
      return new Worth(weights, Optional.empty()); // nobody looks at signs
    }
    Parameters parameters = apparatus.parameters();
    try (NativeArray evidence = NativeArray.doubles(parameters.length(Buffer.WEIGHTS))) {
      switch (criterion.evidence()) {
        case NONE, CHANCE -> draw(evidence, apparatus.lesson().seed());
        case FLOW -> SynapticFlow.write(parameters, evidence.segment());
        case SCALE -> Scales.write(recipe, apparatus, evidence.segment());
        case GRADIENT, ABSOLUTE_GRADIENT, SQUARED_GRADIENT, CURVED_GRADIENT, MOVEMENT ->
            gather(recipe, apparatus, step, evidence.segment());
      }
      return judged(criterion, weights, evidence.segment());
    }
  }

  /** The worth of the network's weights by evidence that was gathered before. */
  static Worth of(Recipe recipe, Apparatus apparatus, Evidence gathered) {
    Parameters parameters = apparatus.parameters();
    try (NativeArray means = NativeArray.doubles(parameters.length(Buffer.WEIGHTS))) {
      gathered.writeMeans(means.segment());
      return judged(recipe.criterion(), parameters.segment(Buffer.WEIGHTS), means.segment());
    }
  }

  private static void gather(Recipe recipe, Apparatus apparatus, long step, MemorySegment means) {
    int weights = apparatus.parameters().length(Buffer.WEIGHTS);
    try (Evidence evidence = new Evidence(recipe.criterion().evidence(), weights)) {
      evidence.gather(apparatus, step, recipe.batches());
      evidence.writeMeans(means);
    }
  }

  private static void draw(NativeArray numbers, long seed) {
    Draws draws = Draws.of(seed, "worth");
    for (long i = 0; i < numbers.segment().byteSize() / Double.BYTES; i++) {
      numbers.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, draws.unit());
    }
  }

  private static Worth judged(Criterion criterion, MemorySegment weights, MemorySegment evidence) {
    NativeArray worth = NativeArray.floats(weights.byteSize() / Float.BYTES);
    for (long i = 0; i < weights.byteSize() / Float.BYTES; i++) {
      double value =
          criterion.worth(
              weights.getAtIndex(ValueLayout.JAVA_FLOAT, i),
              evidence.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
      if (!Double.isFinite(value)) {
        worth.close();
        throw new TaskException(
            new Failure.Diverged(
                "expected a finite worth by the criterion %s, got %s".formatted(criterion, value)));
      }
      float stored = criterion.isSigned() ? ordered((float) value) : (float) value;
      worth.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, stored);
    }
    return new Worth(worth.segment(), Optional.of(worth));
  }

  /** A number above 0 that orders as {@code value} does, to one bit less than float32 has. */
  static float ordered(float value) {
    int bits = Float.floatToIntBits(value);
    int unsigned = bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
    return Float.intBitsToFloat(unsigned >>> 1);
  }

  /** Of every weight, float32, flat; none below 0 but where signs are to be ignored. */
  MemorySegment values() {
    return values;
  }

  @Override
  public void close() {
    own.ifPresent(NativeArray::close);
  }
}
