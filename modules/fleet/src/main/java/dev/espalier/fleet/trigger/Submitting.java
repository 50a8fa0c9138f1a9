package dev.espalier.fleet.trigger;

import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.Tenant;
import dev.espalier.wire.NamedStudy;
import java.util.Optional;

/** How studies are submitted, but for the writing. */
@FunctionalInterface
public interface Submitting {
  /**
   * The word that {@code named} is to run, its data pinned to the images that are here.
   *
   * @param priority absent where it takes its turn with the others
   * @param tenant whose it is; absent where nobody is told from others
   * @throws IllegalArgumentException when its data are not here
   */
  StudyWished word(NamedStudy named, Optional<Priority> priority, Optional<Tenant> tenant);
}
