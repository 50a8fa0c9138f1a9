package dev.espalier.verification.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A campaign of the size that the system properties {@code chaos.kills}, {@code chaos.seed} and
 * {@code chaos.minutes} ask for. The last line that it prints is the verdict; it leaves with 1 when
 * anything was lost, and then keeps the folder of the round.
 */
final class Chaos {
  private static final int SEEDS = 4;

  private Chaos() {}

  /** Runs it in a folder below the one that is named. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Campaign campaign =
        new Campaign(
            Long.getLong("chaos.seed", Instant.now().getEpochSecond()),
            SEEDS,
            Integer.getInteger("chaos.kills", 50),
            Duration.ofMinutes(Integer.getInteger("chaos.minutes", 30)),
            possible());
    Path folder = Files.createTempDirectory("espalier-chaos");
    Verdict verdict = campaign.run(folder, System.out::println);
    if (verdict.findings().isEmpty()) {
      delete(folder);
    } else {
      System.out.println("logs and stores are in " + folder);
    }
    verdict.recovered().forEach(System.out::println);
    verdict.missing(campaign.faults()).forEach(Chaos::sayMissing);
    System.out.println(verdict);
    System.exit(verdict.findings().isEmpty() ? 0 : 1);
  }

  private static void sayMissing(Fault fault) {
    System.out.println("never came to be: " + fault);
  }

  private static Set<Fault> possible() {
    Set<Fault> possible = EnumSet.allOf(Fault.class);
    if (!Disk.isAllowed()) {
      possible.remove(Fault.FULL);
      System.out.println("skipped: a full disk, which only root can make");
    }
    if (!Wire.areAllowed()) {
      possible.removeAll(Fault.TO_WIRES);
      System.out.println("skipped: cut lines, which only root can make, with iproute2");
    }
    if (!Clock.areAvailable()) {
      possible.remove(Fault.JUMPED);
      System.out.println("skipped: clocks that jump, which takes libfaketime");
    }
    return possible;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
