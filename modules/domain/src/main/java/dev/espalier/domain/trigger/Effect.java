package dev.espalier.domain.trigger;

import dev.espalier.domain.study.StudyId;
import java.util.Locale;

/** What an event from outside did. */
public sealed interface Effect {
  /**
   * It started a study.
   *
   * @param trigger by which trigger
   * @param study which
   * @param name what people call it
   */
  record Started(String trigger, StudyId study, String name) implements Effect {}

  /**
   * A trigger was meant, but what it makes of the event is no study that can run here.
   *
   * @param trigger which
   * @param reason what was expected and what came
   */
  record Refused(String trigger, String reason) implements Effect {}

  /**
   * No trigger is for it.
   *
   * @param reason what each expected and what came
   */
  record Unmatched(String reason) implements Effect {}

  /**
   * It is no event.
   *
   * @param reason what was expected and what came
   */
  record Malformed(String reason) implements Effect {}

  /** The kinds of effects, for lists and meters. */
  enum Kind {
    /** {@link Effect.Started}. */
    STARTED,
    /** {@link Effect.Refused}. */
    REFUSED,
    /** {@link Effect.Unmatched}. */
    UNMATCHED,
    /** {@link Effect.Malformed}. */
    MALFORMED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which kind it is. */
  default Kind kind() {
    return switch (this) {
      case Started _ -> Kind.STARTED;
      case Refused _ -> Kind.REFUSED;
      case Unmatched _ -> Kind.UNMATCHED;
      case Malformed _ -> Kind.MALFORMED;
    };
  }
}
