package dev.espalier.compute.prune;

import dev.espalier.domain.study.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How many weights are removed from some tensors together.
 *
 * @param tensors sorted by name
 * @param removed how many of their remaining weights
 */
record Allocation(List<MaskedTensor> tensors, long removed) {
  /** What a round of {@code recipe} removes from where; in all {@link Recipe#removed}. */
  static List<Allocation> of(Recipe recipe, FlatMask mask) {
    return of(recipe, mask, recipe.removed(mask.count(recipe)));
  }

  /** Where {@code removed} weights go from by {@code recipe}. */
  static List<Allocation> of(Recipe recipe, FlatMask mask, long removed) {
    List<MaskedTensor> tensors = mask.tensors(recipe);
    long[] remaining = tensors.stream().mapToLong(tensor -> tensor.mask().count()).toArray();
    return switch (recipe.scope()) {
      case GLOBAL -> List.of(new Allocation(tensors, removed));
      case UNIFORM -> each(tensors, Apportionment.of(removed, remaining));
      case ERK -> {
        long[] kept = erk(tensors, remaining, LongStream.of(remaining).sum() - removed);
        for (int i = 0; i < kept.length; i++) {
          remaining[i] -= kept[i];
        }
        yield each(tensors, remaining);
      }
    };
  }

  private static List<Allocation> each(List<MaskedTensor> tensors, long[] removed) {
    List<Allocation> each = new ArrayList<>();
    for (int i = 0; i < removed.length; i++) {
      each.add(new Allocation(List.of(tensors.get(i)), removed[i]));
    }
    return each;
  }

  /**
   * What each tensor keeps: of d₁ × … × dₙ weights ε·(d₁ + … + dₙ) ÷ (d₁ × … × dₙ) is in proportion
   * to the sum of the sizes. Where that is more than remains, all of it is kept, and the others
   * share what is left, until it is more for none.
   */
  private static long[] erk(List<MaskedTensor> tensors, long[] remaining, long kept) {
    long[] claims = tensors.stream().mapToLong(Allocation::sumOfSizes).toArray();
    long left = kept;
    boolean settled = false;
    while (!settled) {
      long sum = LongStream.of(claims).sum();
      long shared = left;
      settled = true;
      for (int i = 0; i < claims.length; i++) {
        if (claims[i] > 0 && shared * claims[i] > remaining[i] * sum) {
          claims[i] = 0;
          left -= remaining[i];
          settled = false;
        }
      }
    }
    long[] shares = Apportionment.of(left, claims);
    for (int i = 0; i < shares.length; i++) {
      shares[i] = claims[i] == 0 ? remaining[i] : shares[i];
    }
    return shares;
  }

  private static long sumOfSizes(MaskedTensor tensor) {
    return tensor.slot().shape().stream().mapToLong(Integer::longValue).sum();
  }
}
