package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.domain.study.KnownNetwork;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits until the JVM's compilers have looked at everything, which takes up to a minute. */
@Tag("long")
class StepAllocationTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Update UPDATE = Update.sgd(0.01, 0.9, false, 1e-4);

  /** For a whole step: less than one small object a kernel. */
  private static final long NEXT_TO_NOTHING = 4 << 10;

  private static final int STEPS = 10;
  private static final int PATIENCE = 200;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aStepTakesNoNewMemoryOnceItIsCompiled(int threads) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = new OneDnnProvider(threads).compile(NETWORK, parameters, 8)) {
      Formula.weights(parameters, 1);
      Formula.batch(plan, 10, 2);
      long outside = Pointer.totalBytes();
      long taken = takenByAStep(plan);
      for (int round = 0; round < PATIENCE && taken > NEXT_TO_NOTHING; round++) {
        taken = takenByAStep(plan);
      }
      assertThat(taken).isLessThanOrEqualTo(NEXT_TO_NOTHING);
      assertThat(Pointer.totalBytes()).isEqualTo(outside);
    }
  }

  private static long takenByAStep(Plan plan) {
    long before = allocated();
    for (int step = 0; step < STEPS; step++) {
      plan.step(UPDATE);
    }
    return (allocated() - before) / STEPS;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
