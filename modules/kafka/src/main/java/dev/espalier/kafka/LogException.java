package dev.espalier.kafka;

/** The log cannot be reached or refuses what it should take: this process is unwell. */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LogException(String message) {
    super(message);
  }

  LogException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
