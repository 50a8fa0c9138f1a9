package dev.espalier.cli.client;

/** A gateway does not do what it was asked for; the message is a sentence that says why. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose matter it is. */
  public enum Kind {
    /** Nobody answers, or what answers has no time: it may later. */
    AWAY,
    /** What answers is no gateway, is not trusted, or does not let this client in. */
    CLOSED,
    /** The request is wrong. */
    REFUSED,
    /** Nothing of the name that was asked for is there. */
    UNKNOWN,
    /** The gateway itself went wrong. */
    BROKEN
  }

  private final Kind kind;

  GatewayException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Whose matter it is. */
  public Kind kind() {
    return kind;
  }
}
