package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.MaskSummary;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a completed task found. */
public sealed interface Result {
  /**
   * What a prune task or the cut of its round found.
   *
   * @param score the trained network under the mask it was trained with, on its own objective
   * @param mask the mask that the round selected; where that is left to others, the one that it
   *     trained with
   * @param trained the artifact with the trained weights W*, under the mask they were trained with
   * @param rewind the artifact with W_k
   * @param cut the trained network under the mask that the round selected; absent in results of
   *     versions that did not look
   */
  record Pruned(Score score, MaskSummary mask, Digest trained, Digest rewind, Optional<Cut> cut)
      implements Result {
    /** A result without a look at the network that was cut. */
    public Pruned(Score score, MaskSummary mask, Digest trained, Digest rewind) {
      this(score, mask, trained, rewind, Optional.empty());
    }
  }

  /**
   * What a score task found.
   *
   * @param evidence the artifact with its sums
   */
  record Scored(Digest evidence) implements Result {}

  /**
   * What an evaluate task found.
   *
   * @param score the judged network, on labels
   * @param kept prunable weights that the judged mask keeps
   * @param total prunable weights of the network
   * @param size how large the whole network is under the mask; absent in results of versions that
   *     did not count
   * @param line of {@code instability}, the accuracies on the straight line from one copy to the
   *     other, both ends among them; absent for other protocols
   */
  record Evaluated(
      Score score, long kept, long total, Optional<Size> size, Optional<List<Double>> line)
      implements Result {
    /**
     * Copies the line.
     *
     * @throws IllegalArgumentException when it has fewer points than its two ends
     */
    public Evaluated {
      line = line.map(List::copyOf);
      int points = line.map(List::size).orElse(2);
      if (points < 2) {
        throw new IllegalArgumentException("expected at least 2 points, got " + points);
      }
    }

    /** A result without the size of the whole network. */
    public Evaluated(Score score, long kept, long total) {
      this(score, kept, total, Optional.empty(), Optional.empty());
    }

    /**
     * How much more often a network between the two copies errs than they do in the mean, at least
     * 0; empty where there is no line. Frankle et al. 2020 call stable what is below 0.02.
     */
    public OptionalDouble instability() {
      return line.stream()
          .mapToDouble(on -> (on.getFirst() + on.getLast()) / 2 - Collections.min(on))
          .findFirst();
    }
  }
}
