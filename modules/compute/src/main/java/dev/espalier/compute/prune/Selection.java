package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.prune.BandScan.Room;
import dev.espalier.compute.prune.Shares.Stretch;
import dev.espalier.domain.mask.TensorMask;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes exactly the k weights of least worth among those that remain. Equal worth is broken by
 * tensor name, then by index in the tensor, the lower first. The number of threads changes nothing.
 *
 * <p>Nothing is sorted, and the weights are read once. A sample of them says in which narrow band
 * of worth the k-th lies. One pass removes and counts what is below the band, keeps what is above,
 * and holds what is in it; among these few the k-th is found, and those up to it are removed too.
 * Should the k-th not be in the band, or more weights than can be held, the pass is repeated with
 * another band: what is selected is the same.
 */
final class Selection {
  private static final int SAMPLED_WORDS = 1 << 11;
  private static final double DEVIATIONS = 4; // the weights of a word are not independent
  private static final int HELD_AT_FIRST = 1 << 17;
  private static final int MOST_HELD = 1 << 20;

  private final MemorySegment worth;
  private final Crew crew;
  private final Shares shares;
  private final long remaining;
  private final long[] kept;

  /**
   * A selection among what remains of some tensors.
   *
   * @param tensors sorted by name
   * @param worth of every weight, float32, flat; its sign is ignored
   * @param crew who shares the work
   */
  Selection(List<MaskedTensor> tensors, MemorySegment worth, Crew crew) {
    this.worth = worth;
    this.crew = crew;
    this.shares = Shares.of(tensors, crew);
    this.remaining = tensors.stream().mapToLong(tensor -> tensor.mask().count()).sum();
    this.kept = new long[shares.words()];
  }

  /**
   * The masks of the tensors without the {@code count} remaining weights of least worth.
   *
   * @throws IllegalArgumentException when fewer remain
   */
  List<TensorMask> without(long count) {
    if (count < 0 || count > remaining) {
      throw new IllegalArgumentException(
          "expected 0 to the %d remaining weights, got %d".formatted(remaining, count));
    }
    Band possible = Band.ALL;
    Band guess = guess(count);
    while (true) {
      List<BandScan> scans = scan(guess, shares);
      long below = scans.stream().mapToLong(BandScan::below).sum();
      long within = scans.stream().mapToLong(BandScan::within).sum();
      boolean reached = below + within >= count;
      if (below <= count && reached && scans.stream().allMatch(BandScan::holdsAll)) {
        if (below < count) {
          new Ranks(scans, crew).remove(count - below, guess);
        }
        return shares.masks(kept);
      }
      possible = below > count ? possible.below(guess) : reached ? guess : possible.above(guess);
      guess = possible.lowerHalf();
    }
  }

  private List<BandScan> scan(Band band, Shares work) {
    int weights = shares.words() / crew.size() * TensorMask.WORD; // a share's, about
    int most = band.span() == 0 ? Integer.MAX_VALUE : MOST_HELD;
    Room room = new Room(Math.min(weights, HELD_AT_FIRST), most);
    List<BandScan> scans =
        Stream.generate(() -> new BandScan(worth, band, room, kept)).limit(crew.size()).toList();
    crew.run(
        part -> {
          for (Stretch stretch : work.of(part)) {
            scans.get(part).see(stretch);
          }
        });
    return scans;
  }

  /** Where a sample says that the k-th is; anywhere, when all are few enough to be held. */
  private Band guess(long k) {
    int step = shares.words() / SAMPLED_WORDS;
    if (step <= 1) {
      return Band.ALL;
    }
    List<BandScan> sample = scan(Band.ALL, shares.every(step));
    long size = sample.stream().mapToLong(BandScan::size).sum();
    double part = (double) k / remaining;
    double margin = DEVIATIONS * (1 + Math.sqrt(size * part * (1 - part)));
    return new Ranks(sample, crew).between(part * size - margin, part * size + margin);
  }
}
