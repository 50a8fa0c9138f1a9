package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.mask.TensorMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some tensors, shared out to the threads of a crew by the words of their masks, which are numbered
 * from 0 on over all of them. What one thread has lies before what the next has.
 */
final class Shares {
  private final List<MaskedTensor> tensors;
  private final int[] firstWords; // of each tensor, and at last the number of words
  private final List<List<Stretch>> stretches = new ArrayList<>();

  /**
   * Some successive mask words of one tensor.
   *
   * @param tensor whose they are
   * @param from the first word, counted in the tensor
   * @param to the word after the last
   * @param number the number of the first
   */
  record Stretch(MaskedTensor tensor, int from, int to, int number) {
    int words() {
      return to - from;
    }
  }

  private Shares(List<MaskedTensor> tensors) {
    this.tensors = tensors;
    this.firstWords = new int[tensors.size() + 1];
    for (int i = 0; i < tensors.size(); i++) {
      firstWords[i + 1] = firstWords[i] + tensors.get(i).words();
    }
  }

  /** {@code tensors} in as many shares as {@code crew} has threads, of as many words each. */
  static Shares of(List<MaskedTensor> tensors, Crew crew) {
    Shares shares = new Shares(tensors);
    long words = shares.words();
    for (int part = 0; part < crew.size(); part++) {
      int begin = (int) (words * part / crew.size());
      int end = (int) (words * (part + 1) / crew.size());
      shares.stretches.add(shares.between(begin, end));
    }
    return shares;
  }

  private List<Stretch> between(int begin, int end) {
    List<Stretch> between = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      int from = Math.max(begin, firstWords[i]);
      int to = Math.min(end, firstWords[i + 1]);
      if (from < to) {
        int first = firstWords[i];
        between.add(new Stretch(tensors.get(i), from - first, to - first, from));
      }
    }
    return between;
  }

  /** Every {@code step}-th word of these. */
  Shares every(int step) {
    Shares sample = new Shares(tensors);
    for (List<Stretch> share : stretches) {
      List<Stretch> words = new ArrayList<>();
      for (Stretch stretch : share) {
        int skipped = Math.floorMod(-stretch.number(), step);
        for (int i = skipped; i < stretch.words(); i += step) {
          int word = stretch.from() + i;
          words.add(new Stretch(stretch.tensor(), word, word + 1, stretch.number() + i));
        }
      }
      sample.stretches.add(words);
    }
    return sample;
  }

  /** The number of words. */
  int words() {
    return firstWords[tensors.size()];
  }

  /** What the thread {@code part} has. */
  List<Stretch> of(int part) {
    return stretches.get(part);
  }

  /**
   * The masks of the tensors.
   *
   * @param words all their words, the first weight in the most significant bit of each
   */
  List<TensorMask> masks(long[] words) {
    List<TensorMask> masks = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      long[] own = Arrays.copyOfRange(words, firstWords[i], firstWords[i + 1]);
      TensorMask before = tensors.get(i).mask();
      masks.add(TensorMask.takeOwnershipOf(before.name(), before.shape(), own));
    }
    return masks;
  }
}
