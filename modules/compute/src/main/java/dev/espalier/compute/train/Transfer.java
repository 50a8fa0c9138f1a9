package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.task.Failure;

/**
 * Takes a pruned network over to other data, to be trained there as a whole or to be probed as it
 * is (Caron et al. 2020, section 4.1): its trunk, the running statistics and its mask stay, its
 * head is drawn anew, whatever the classes are. Pictures may be of another size as long as the
 * network has the same form for both.
 */
public final class Transfer {
  private Transfer() {}

  /**
   * Gives {@code apparatus}, which was opened for the other data, the trunk of {@code weights}
   * under {@code mask}.
   *
   * @param crew who shares the work
   * @throws TaskException when the network has another form there: other channels of pictures, a
   *     form for large ones where it had one for small ones, or dense layers that read planes
   */
  public static void begin(Apparatus apparatus, WeightsFile weights, Mask mask, Crew crew) {
    try {
      weights.copyTrunkTo(apparatus.parameters(), apparatus.lesson().seed());
      apparatus.putUnder(mask, crew);
    } catch (IllegalArgumentException e) {
      throw new TaskException(
          new Failure.BadInput(
              "expected weights and mask that fit %s on pictures of %s: %s"
                  .formatted(
                      apparatus.parameters().architecture().name(),
                      apparatus.lesson().volume(),
                      e.getMessage())));
    }
  }
}
