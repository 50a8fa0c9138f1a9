package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.util.function.IntConsumer;

/**
 * A kernel whose parts run on the threads of a crew, each of which calls oneDNN's primitives as if
 * it were the only one.
 */
final class CrewKernel {
  private CrewKernel() {}

  /** The kernel that does {@code work} for every part of the crew. */
  static Kernel of(String name, Crew crew, IntConsumer work) {
    IntConsumer alone =
        part -> {
          OpenMp.useThreads(1);
          work.accept(part);
        };
    return new Kernel(name, () -> run(crew, alone));
  }

  private static void run(Crew crew, IntConsumer work) {
    int threads = OpenMp.threads();
    try {
      crew.run(work);
    } finally {
      OpenMp.useThreads(threads);
    }
  }
}
