package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Augmentation;

/**
 * Turns a picture into a network's input (32, 32, 3), normalised, varied as training asks for. A
 * function of (seed, epoch, index).
 *
 * <p>The order is that of PyTorch's usual transforms: the raw picture is padded with zeros (black),
 * cropped, mirrored, and only then normalised; so a padded pixel is (0 − mean) ÷ deviation.
 */
public final class Augmenter {
  private final Normalisation normalisation;
  private final Augmentation augmentation;
  private final long seed;

  /** An augmenter of images that {@code normalisation} fits. */
  public Augmenter(Normalisation normalisation, Augmentation augmentation, long seed) {
    if (!augmentation.equals(Augmentation.of(augmentation.flip(), augmentation.crop()))) {
      throw DataException.badInput("expected flip and crop alone, got " + augmentation);
    }
    this.normalisation = normalisation;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Writes picture {@code index} as it is, normalised.
   *
   * @param to (32, 32, 3)
   */
  public void plain(Images images, int index, float[] to) {
    write(images, index, View.STRAIGHT, to);
  }

  /**
   * Writes picture {@code index} as epoch {@code epoch} sees it.
   *
   * @param to (32, 32, 3)
   */
  public void varied(Images images, int index, int epoch, float[] to) {
    write(images, index, draw(Draws.of(seed, "augment", epoch, index)), to);
  }

  private View draw(Draws draws) {
    int choices = 2 * augmentation.crop() + 1;
    int down = draws.below(choices) - augmentation.crop();
    int right = draws.below(choices) - augmentation.crop();
    return new View(down, right, augmentation.flip() && draws.below(2) == 1);
  }

  private void write(Images images, int index, View view, float[] to) {
    byte[] records = images.records();
    int picture = images.start(index) + 1;
    for (int channel = 0; channel < Images.CHANNELS; channel++) {
      float[] inputs = normalisation.inputs(channel);
      int plane = picture + channel * Images.PLANE;
      for (int pixel = 0; pixel < Images.PLANE; pixel++) {
        int source = view.source(pixel);
        to[pixel * Images.CHANNELS + channel] =
            inputs[source < 0 ? 0 : records[plane + source] & 0xFF];
      }
    }
  }

  /**
   * Where a crop lies in the padded picture, relative to its middle, and whether it is mirrored.
   */
  private record View(int down, int right, boolean mirrored) {
    private static final View STRAIGHT = new View(0, 0, false);
    private static final int LAST = Images.SIDE - 1;

    /** The pixel of the picture that this view shows at {@code pixel}; below 0 for padding. */
    int source(int pixel) {
      int row = pixel / Images.SIDE + down;
      int column = pixel % Images.SIDE;
      int shown = (mirrored ? LAST - column : column) + right;
      boolean inside = row >= 0 && row <= LAST && shown >= 0 && shown <= LAST;
      return inside ? row * Images.SIDE + shown : -1;
    }
  }
}
