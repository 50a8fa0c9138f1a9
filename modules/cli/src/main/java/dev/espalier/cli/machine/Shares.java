package dev.espalier.cli.machine;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A machine shared out: so many slots, each computing one task with so many threads, and limits of
 * memory that together leave the system a fifth of it. Limits are no reservations: what is not used
 * stays free.
 *
 * <p>The heap has 512 MiB and 384 MiB a slot, or an eighth of the memory where that is more;
 * buffers of files and sockets 64 MiB and 32 MiB a slot; 384 MiB are left to what Java and native
 * libraries need besides; the rest of the four fifths is for arrays.
 *
 * @param slots tasks computed side by side, at least 1
 * @param threads threads of each, at least 1
 * @param heap bytes of the Java heap at most
 * @param buffers bytes of direct buffers at most
 * @param arrays bytes of native arrays at most
 * @param capacity what was shared out
 */
public record Shares(
    int slots, int threads, long heap, long buffers, long arrays, Capacity capacity) {
  private static final long MEBI = 1L << 20;
  private static final double GIBI = 1L << 30;
  private static final int MOST_THREADS_A_CORE = 4;
  private static final long BESIDES = 384 * MEBI;
  private static final long LEAST_ARRAYS = 256 * MEBI;

  /**
   * Shares {@code capacity} out.
   *
   * @param slots how many are asked for; absent for one a core and thread, or as many as there is
   *     memory for
   * @param threads how many a slot; absent for 1
   * @throws IllegalArgumentException when there cannot be so many, saying why
   */
  public static Shares of(Capacity capacity, OptionalInt slots, OptionalInt threads) {
    int each = threads.orElse(1);
    int asked = slots.orElseGet(() -> usual(capacity, Math.max(1, each)));
    if (asked < 1 || each < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 slot and 1 thread, got %d and %d".formatted(asked, each));
    }
    long most = (long) MOST_THREADS_A_CORE * capacity.cores();
    if ((long) asked * each > most) {
      throw new IllegalArgumentException(
          "expected at most %d threads on %d core%s in all slots together, got %d × %d"
              .formatted(most, capacity.cores(), capacity.cores() == 1 ? "" : "s", asked, each));
    }
    Shares shares = divide(capacity, asked, each);
    if (!shares.suffice()) {
      throw new IllegalArgumentException(
          "expected at least %.1f GiB of memory for %d slot%s, got %.1f GiB"
              .formatted(
                  needed(asked) / GIBI, asked, asked == 1 ? "" : "s", capacity.memory() / GIBI));
    }
    return shares;
  }

  private static int usual(Capacity capacity, int threads) {
    int slots = Math.max(1, capacity.cores() / threads);
    while (slots > 1 && !divide(capacity, slots, threads).suffice()) {
      slots--;
    }
    return slots;
  }

  private static Shares divide(Capacity capacity, int slots, int threads) {
    long all = budget(capacity.memory());
    long heap = Math.max(leastHeap(slots), capacity.memory() / 8);
    long arrays = all - heap - buffers(slots) - BESIDES;
    return new Shares(slots, threads, heap, buffers(slots), arrays, capacity);
  }

  private static long budget(long memory) {
    return memory / 5 * 4;
  }

  private static long leastHeap(int slots) {
    return (512 + 384L * slots) * MEBI;
  }

  private static long buffers(int slots) {
    return (64 + 32L * slots) * MEBI;
  }

  private boolean suffice() {
    return capacity.memory() >= needed(slots);
  }

  private static double needed(int slots) {
    return (leastHeap(slots) + buffers(slots) + BESIDES + slots * LEAST_ARRAYS) * 1.25;
  }

  /** What Java is to be started with. */
  List<String> flags() {
    return List.of(
        "-Xmx" + heap / MEBI + "m",
        "-XX:MaxDirectMemorySize=" + buffers / MEBI + "m",
        "-Dorg.bytedeco.javacpp.maxbytes=" + arrays / MEBI + "m",
        // Of the whole process: an allocation beyond is refused instead of the process being
        // killed.
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + budget(capacity.memory()) / MEBI + "m");
  }

  /**
   * What is to stand in the environment. Threads of a slot wait for each other spinning, but no
   * longer than a moment, because another slot may need the core; not at all where there are more
   * threads than cores.
   */
  List<String> environment() {
    boolean crowded = (long) slots * threads > capacity.cores();
    return List.of(
        "OMP_NUM_THREADS=" + threads,
        "OPENBLAS_NUM_THREADS=" + threads,
        "GOMP_SPINCOUNT=" + (crowded ? 0 : 1000));
  }

  /** One line for people, such as {@code 2 slots of 1 thread, heap 2.0 GiB, arrays …}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d slot%s of %d thread%s, heap %.1f GiB, arrays %.1f GiB of %.1f GiB",
        slots,
        slots == 1 ? "" : "s",
        threads,
        threads == 1 ? "" : "s",
        heap / GIBI,
        arrays / GIBI,
        capacity.memory() / GIBI);
  }
}
