package dev.espalier.fleet.trigger;

import dev.espalier.domain.study.Tenant;
import dev.espalier.wire.NamedStudy;
import java.util.Optional;

/** What an event is to do. */
public sealed interface Plan {
  /**
   * It starts a study.
   *
   * @param trigger by which trigger
   * @param study which; its data may be pinned to none yet
   * @param urgent whether before those that are not
   * @param tenant whose it is; absent where nobody is told from others
   */
  record Starts(String trigger, NamedStudy study, boolean urgent, Optional<Tenant> tenant)
      implements Plan {}

  /**
   * A trigger is meant, but what it makes of the event is no study.
   *
   * @param trigger which
   * @param reason what was expected and what came
   */
  record Refuses(String trigger, String reason) implements Plan {}

  /**
   * No trigger is meant.
   *
   * @param reason what each expected and what came
   */
  record Nothing(String reason) implements Plan {}
}
