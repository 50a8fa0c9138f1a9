package dev.espalier.cli.command;

import dev.espalier.wire.Presets;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code espalier presets}: the published recipes that a study file may name. */
@Command(
    name = "presets",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the published recipes that a study may name, each with its source.")
final class PresetsCommand implements Callable<Integer> {
  private final PrintStream out;

  PresetsCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    for (Presets.Preset preset : Presets.all()) {
      out.printf(
          "%s%n  %s, %d epochs with batches of %d%n  %s%n",
          preset.name(),
          preset.objective(),
          preset.training().epochs(),
          preset.training().batch(),
          preset.source());
    }
    return Exit.OK;
  }
}
