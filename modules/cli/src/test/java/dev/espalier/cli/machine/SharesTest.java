package dev.espalier.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  private static final long GIBI = 1L << 30;
  private static final OptionalInt ANY = OptionalInt.empty();

  @ParameterizedTest
  @CsvSource({"1, 16, 1", "2, 16, 2", "8, 64, 8", "8, 4, 3", "64, 16, 18", "4, 2, 1"})
  void thereIsASlotACoreWhereMemorySuffices(int cores, int gibibytes, int slots) {
    Shares shares = Shares.of(new Capacity(cores, gibibytes * GIBI), ANY, ANY);

    assertThat(shares.slots()).isEqualTo(slots);
    assertThat(shares.threads()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"8, 2, 4", "8, 3, 2", "2, 4, 1", "1, 4, 1"})
  void slotsOfMoreThreadsAreFewer(int cores, int threads, int slots) {
    Capacity capacity = new Capacity(cores, 64 * GIBI);

    assertThat(Shares.of(capacity, ANY, OptionalInt.of(threads)).slots()).isEqualTo(slots);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsSharedOutIsThereAndLeavesTheSystemAFifth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      Capacity capacity =
          new Capacity(1 + random.nextInt(128), 2 * GIBI + random.nextLong(500 * GIBI));
      Shares shares = Shares.of(capacity, ANY, OptionalInt.of(1 + random.nextInt(4)));

      assertThat(shares.heap() + shares.buffers() + shares.arrays())
          .isLessThan(capacity.memory() / 5 * 4);
      assertThat(shares.arrays()).isGreaterThanOrEqualTo(shares.slots() * GIBI / 4);
      assertThat(shares.slots()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | 16 | 0  | 1 | expected at least 1 slot and 1 thread, got 0 and 1
          2 | 16 | 2  | 0 | expected at least 1 slot and 1 thread, got 2 and 0
          2 | 16 | -1 | 1 | expected at least 1 slot and 1 thread, got -1 and 1
          2 | 64 | 3  | 3 | expected at most 8 threads on 2 cores in all slots together, got 3 × 3
          1 | 64 | 5  | 1 | expected at most 4 threads on 1 core in all slots together, got 5 × 1
          4 | 4  | 4  | 1 | expected at least 4.5 GiB of memory for 4 slots, got 4.0 GiB
          1 | 1  | 1  | 1 | expected at least 2.0 GiB of memory for 1 slot, got 1.0 GiB
          """)
  void whatCannotBeIsRefused(int cores, int gibibytes, int slots, int threads, String message) {
    Capacity capacity = new Capacity(cores, gibibytes * GIBI);

    assertThatThrownBy(() -> Shares.of(capacity, OptionalInt.of(slots), OptionalInt.of(threads)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theLineSaysWhatEverySlotHas() {
    assertThat(Shares.of(new Capacity(2, 16 * GIBI), ANY, ANY))
        .hasToString("2 slots of 1 thread, heap 2.0 GiB, arrays 10.3 GiB of 16.0 GiB");
    assertThat(Shares.of(new Capacity(2, 4 * GIBI), ANY, OptionalInt.of(2)))
        .hasToString("1 slot of 2 threads, heap 0.9 GiB, arrays 1.9 GiB of 4.0 GiB");
  }

  @Test
  void theLauncherIsToldFlagsAndEnvironment() {
    assertThat(said(2, "run", "study.yaml", "--slots", "1", "--threads=2"))
        .containsExactly(
            "-Xmx2048m",
            "-XX:MaxDirectMemorySize=96m",
            "-Dorg.bytedeco.javacpp.maxbytes=10579m",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=13107m",
            "OMP_NUM_THREADS=2",
            "OPENBLAS_NUM_THREADS=2",
            "GOMP_SPINCOUNT=1000");
    assertThat(said(2, "run", "study.yaml", "--slots=3")).contains("GOMP_SPINCOUNT=0");
    assertThat(said(2, "bench", "--threads", "2"))
        .contains("OMP_NUM_THREADS=2", "-XX:MaxDirectMemorySize=96m");
  }

  @Test
  void aCommandThatDoesNotComputeTakesWhatJavaTakes() {
    assertThat(said(2, "validate", "study.yaml")).isEmpty();
    assertThat(said(2)).isEmpty();
  }

  @Test
  void whatIsNoNumberIsLeftToTheCommand() {
    assertThat(said(2, "run", "--slots", "many")).contains("OMP_NUM_THREADS=1");
    assertThat(said(2, "run", "--slots")).contains("OMP_NUM_THREADS=1");
  }

  @Test
  void theLauncherIsToldWhyItCannotBe() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream complaints = new PrintStream(err, true, StandardCharsets.UTF_8);

    int exitCode =
        Limits.print(
            List.of("run", "--slots=9"), new Capacity(2, 64 * GIBI), complaints, complaints);

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "espalier: expected at most 8 threads on 2 cores in all slots together, got 9 × 1\n");
  }

  @Test
  void hereThereIsSomething() {
    assertThat(Capacity.here().cores()).isPositive();
    assertThat(Capacity.here().memory()).isGreaterThan(GIBI / 2);
  }

  private static List<String> said(int cores, String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Capacity capacity = new Capacity(cores, 16 * GIBI);
    assertThat(Limits.print(List.of(line), capacity, print, print)).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
