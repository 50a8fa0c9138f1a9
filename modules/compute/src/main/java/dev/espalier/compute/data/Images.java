package dev.espalier.compute.data;

import dev.espalier.compute.network.Volume;
import java.security.MessageDigest;

/** Labelled pictures, numbered from 0. Safe for use by many threads. */
public abstract sealed class Images permits Records, PictureFiles {
  private final Volume volume;

  Images(Volume volume) {
    this.volume = volume;
  }

  /** The channels and the size in which a network sees every picture. */
  public Volume volume() {
    return volume;
  }

  /**
   * What the shorter side of a picture is scaled to before its middle is cut out: the size of the
   * {@link #volume} or more.
   */
  public abstract int shorterSide();

  /** The number of pictures. */
  public abstract int count();

  /** The label of picture {@code index}, from 0. */
  public abstract int label(int index);

  /**
   * Picture {@code index} in its own size, with the volume's channels.
   *
   * @throws DataException when it can no longer be read
   */
  public abstract Picture picture(int index);

  /** Adds all labels and pictures, in order, to a digest. */
  abstract void addTo(MessageDigest digest);

  /** {@code index}, if there is such a picture. */
  final int requireThere(int index) {
    if (index < 0 || index >= count()) {
      throw new IndexOutOfBoundsException(
          "expected picture 0 to " + (count() - 1) + ", got " + index);
    }
    return index;
  }

  @Override
  public final String toString() {
    return count() + " pictures";
  }
}
