package dev.espalier.cli;

import dev.espalier.cli.command.Commands;

/** Where the {@code espalier} command begins. */
public final class Espalier {
  private Espalier() {}

  /**
   * Runs the command that {@code args} spell and leaves with its exit code.
   *
   * @param args as on the command line
   */
  public static void main(String[] args) {
    System.exit(Commands.run(args, System.out, System.err));
  }
}
