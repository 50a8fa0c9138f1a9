package dev.espalier.kafka;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** The log cannot be reached or refuses what it should take: this process is unwell. */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean refusal;

  private LogException(String message, Optional<Throwable> cause, boolean refusal) {
    super(message, cause.orElse(null));
    this.refusal = refusal;
  }

  LogException(String message) {
    this(message, Optional.empty(), false);
  }

  LogException(String message, Throwable cause) {
    this(message + ": " + Reason.of(cause), Optional.of(cause), isRefusal(cause));
  }

  /** The log was asked what it allows us, and that is too little. */
  static LogException denied(String message) {
    return new LogException(message, Optional.empty(), true);
  }

  private static boolean isRefusal(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException
          || cause instanceof AuthorizationException
          || (cause instanceof LogException before && before.isRefusal())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the log will not have us: trying again helps nothing until a person mends it. */
  public boolean isRefusal() {
    return refusal;
  }
}
