package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.util.function.IntConsumer;

/**
 * A kernel whose parts run on the threads of a crew, each of which calls oneDNN's primitives as if
 * it were the only one.
 */
final class CrewKernel {
  private static final long WORTH_SHARING = 1 << 20;

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

  /**
   * The kernel that cuts {@code work} into parts for the crew, or does all of it on the caller's
   * thread where {@code bytes}, what it writes, are not worth waking the others.
   */
  static Kernel of(String name, Crew crew, long bytes, PartWork work) {
    if (bytes < WORTH_SHARING) {
      return new Kernel(name, () -> work.part(0, 1));
    }
    int parts = crew.size();
    return of(name, crew, part -> work.part(part, parts));
  }

  /** Work that can be cut into any number of parts. */
  @FunctionalInterface
  interface PartWork {
    void part(int part, int parts);
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
