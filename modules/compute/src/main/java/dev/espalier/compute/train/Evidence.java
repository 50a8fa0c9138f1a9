package dev.espalier.compute.train;

import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Failure;
import dev.espalier.wire.safetensors.DType;
import dev.espalier.wire.safetensors.TensorLayout;
import dev.espalier.wire.safetensors.TensorView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleUnaryOperator;

/**
 * What a network's gradients say of its weights, over some batches. The batches may be shared out
 * to any workers, whose parts are added up in any order to the same bits: each batch's term is a
 * function of the batch alone, and the sums are {@link ExactSums exact}.
 */
public final class Evidence implements AutoCloseable {
  private static final String HIGH = "high";
  private static final String LOW = "low";
  private static final String KIND = "evidence";
  private static final String BATCHES = "batches";

  private final Criterion.Evidence wanted;
  private final ExactSums sums;
  private long batches;

  /**
   * Evidence of no batch yet.
   *
   * @param wanted what is looked at
   * @param weights how many weights the network has
   * @throws IllegalArgumentException when that is nothing that batches show
   */
  public Evidence(Criterion.Evidence wanted, int weights) {
    switch (wanted) {
      case NONE, CHANCE, FLOW, SCALE, MOVEMENT ->
          throw new IllegalArgumentException("expected evidence that images give, got " + wanted);
      case GRADIENT, ABSOLUTE_GRADIENT, SQUARED_GRADIENT, CURVED_GRADIENT -> {}
    }
    this.wanted = wanted;
    this.sums = new ExactSums(weights);
  }

  /** How many batches it is of. */
  public long batches() {
    return batches;
  }

  /**
   * Adds what the network of {@code apparatus} shows in {@code count} batches, the first of them
   * that of {@code step}.
   *
   * @throws TaskException when a gradient is not finite, or beyond all measure
   */
  public void gather(Apparatus apparatus, long step, int count) {
    gather(apparatus, step, count, () -> true);
  }

  /** As above, as long as {@code goesOn}, which is asked before each batch. */
  public void gather(Apparatus apparatus, long step, int count, BooleanSupplier goesOn) {
    Batches shown = new Batches(apparatus, step, count, goesOn);
    try {
      switch (wanted) {
        case GRADIENT -> sum(shown, g -> g);
        case ABSOLUTE_GRADIENT -> sum(shown, Math::abs);
        case SQUARED_GRADIENT -> sum(shown, g -> g * g);
        case CURVED_GRADIENT -> {
          try (Curvature curvature = new Curvature(apparatus)) {
            show(shown, curvature.plan(), () -> curvature.addTo(sums));
          }
        }
        case NONE, CHANCE, FLOW, SCALE, MOVEMENT -> throw new AssertionError(wanted);
      }
    } catch (ArithmeticException e) {
      throw new TaskException(
          new Failure.Diverged("expected finite gradients for a score: " + e.getMessage()));
    }
  }

  /** Some batches of the lesson of {@code apparatus}, the first of them that of {@code step}. */
  private record Batches(Apparatus apparatus, long step, int count, BooleanSupplier goesOn) {}

  private void sum(Batches shown, DoubleUnaryOperator term) {
    Plan plan = shown.apparatus().plan();
    MemorySegment gradients = shown.apparatus().parameters().segment(Buffer.GRADIENTS);
    show(
        shown,
        plan,
        () -> {
          plan.gradients();
          for (int i = 0; i < sums.length(); i++) {
            double gradient = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            sums.add(i, term.applyAsDouble(gradient));
          }
        });
  }

  private void show(Batches shown, Plan plan, Runnable look) {
    Lesson lesson = shown.apparatus().lesson();
    long end = shown.step() + shown.count();
    try (Feed feed = lesson.steps(shown.step(), end)) {
      for (long step = shown.step(); step < end && shown.goesOn().getAsBoolean(); step++) {
        long now = step;
        feed.next(
            inputs -> {
              lesson.teach(now, inputs, plan);
              return inputs;
            });
        look.run();
        batches++;
      }
    }
  }

  /** Keeps it as a safetensors file: the sums' high and low words, and of how many batches. */
  public Digest keepIn(Artifacts artifacts) {
    TensorLayout layout =
        TensorLayout.of(
            List.of(
                new TensorLayout.Part(HIGH, DType.I64, shape()),
                new TensorLayout.Part(LOW, DType.I64, shape())));
    byte[] head = layout.head(Map.of(KIND, wanted.name(), BATCHES, Long.toString(batches)));
    return artifacts.put(List.of(MemorySegment.ofArray(head), sums.segment()));
  }

  private List<Integer> shape() {
    return List.of(sums.length());
  }

  /**
   * Adds what {@link #keepIn} kept: evidence of other batches of the same network.
   *
   * @throws IllegalArgumentException when {@code file} is no such evidence, or not of as many
   *     weights
   */
  public void add(MemorySegment file) {
    TensorView view = TensorView.parse(file);
    String kind = view.metadata().getOrDefault(KIND, "none");
    if (!kind.equals(wanted.name())) {
      throw new IllegalArgumentException("expected evidence " + wanted + ", got " + kind);
    }
    long more = Long.parseLong(view.metadata().getOrDefault(BATCHES, ""));
    MemorySegment high = view.bytes(HIGH, DType.I64, shape());
    sums.add(high, view.bytes(LOW, DType.I64, shape()));
    batches += more;
  }

  /** Writes the means over its batches, float64. */
  void writeMeans(MemorySegment means) {
    for (int i = 0; i < sums.length(); i++) {
      means.setAtIndex(ValueLayout.JAVA_DOUBLE, i, sums.get(i) / batches);
    }
  }

  @Override
  public void close() {
    sums.close();
  }
}
