package dev.espalier.cli.command;

import java.util.Objects;

/** A command cannot be carried out, and a person can mend that: one sentence says how. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private RefusedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line or the study file is wrong. */
  static RefusedException usage(String message) {
    return new RefusedException(Exit.USAGE, message);
  }

  /** The command line or the study file is wrong, as {@code cause} says. */
  static RefusedException usage(Exception cause) {
    return usage(sentence(cause));
  }

  /** The machine lacks something, as {@code cause} says. */
  static RefusedException environment(Exception cause) {
    return environment(sentence(cause));
  }

  /** Espalier itself cannot go on, as {@code cause} says. */
  static RefusedException broken(Exception cause) {
    return new RefusedException(Exit.BROKEN, sentence(cause));
  }

  private static String sentence(Exception cause) {
    return Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
  }

  /** The machine lacks something. */
  static RefusedException environment(String message) {
    return new RefusedException(Exit.ENVIRONMENT, message);
  }

  int exitCode() {
    return exitCode;
  }
}
