package dev.espalier.cli.command;

import dev.espalier.cli.machine.Capacity;
import dev.espalier.cli.machine.Shares;
import dev.espalier.compute.Providers;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How this machine is shared out among tasks, and what computes them. */
final class MachineOptions {
  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Tasks computed side by side (default: as many as there are cores for them).")
  private Optional<Integer> slots = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each (default: 1, with which a machine computes the most). They decide the"
              + " last bits of every figure.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--input-threads",
      paramLabel = "N",
      description =
          "Threads of a slot that make images ready ahead of it (default: 1). No result depends on"
              + " it.")
  private int inputThreads = 1;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ProviderName provider = ProviderName.ONEDNN;

  /** The kernel providers. */
  private enum ProviderName {
    ONEDNN,
    ND4J;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What each slot may take.
   *
   * @throws RefusedException when there cannot be so many
   */
  Shares shares() {
    try {
      return Shares.of(Capacity.here(), optional(slots), optional(threads));
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private static OptionalInt optional(Optional<Integer> number) {
    return number.stream().mapToInt(Integer::intValue).findFirst();
  }

  int inputThreads() {
    return inputThreads;
  }

  /**
   * What computes, with so many threads.
   *
   * @throws RefusedException when it cannot on this machine
   */
  String provider(int each) {
    try {
      Providers.named(provider.toString(), each); // or refuses before anything begins
      return provider.toString();
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    } catch (UnsupportedOperationException e) {
      throw RefusedException.environment(e);
    }
  }
}
