package dev.espalier.fleet.trigger;

import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.trigger.Effect;
import java.util.Optional;

/**
 * What comes of an event.
 *
 * @param effect what it does
 * @param wish the study that it starts; absent where it starts none
 */
public record Consequence(Effect effect, Optional<StudyWished> wish) {
  /** What comes of {@code plan} where studies are submitted by {@code submitting}. */
  public static Consequence of(Plan plan, Submitting submitting) {
    return switch (plan) {
      case Plan.Starts starts -> started(starts, submitting);
      case Plan.Refuses refuses -> without(new Effect.Refused(refuses.trigger(), refuses.reason()));
      case Plan.Nothing nothing -> without(new Effect.Unmatched(nothing.reason()));
    };
  }

  private static Consequence started(Plan.Starts starts, Submitting submitting) {
    Optional<Priority> priority = starts.urgent() ? Optional.of(Priority.URGENT) : Optional.empty();
    try {
      StudyWished wish = submitting.word(starts.study(), priority, starts.tenant());
      return new Consequence(
          new Effect.Started(starts.trigger(), wish.study(), wish.name()), Optional.of(wish));
    } catch (IllegalArgumentException e) {
      return without(new Effect.Refused(starts.trigger(), String.valueOf(e.getMessage())));
    }
  }

  private static Consequence without(Effect effect) {
    return new Consequence(effect, Optional.empty());
  }
}
