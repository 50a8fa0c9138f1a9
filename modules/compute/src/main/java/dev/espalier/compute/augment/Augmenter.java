package dev.espalier.compute.augment;

import dev.espalier.compute.data.DataException;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.data.Picture;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Augmentation;

/**
 * Turns a picture into a network's input (rows, columns, channels), normalised, varied as training
 * asks for. A function of (seed, epoch, index). Used by one thread at a time.
 *
 * <p>The order is that of PyTorch's usual transforms: a part of the raw picture is scaled to the
 * input's size, or the picture is padded with zeros (black) and cropped; it is mirrored, turned,
 * its colours are changed or taken away, it is blurred, and only then normalised; so a padded pixel
 * is (0 − mean) ÷ deviation. What is not asked for draws nothing, and each change has draws of its
 * own.
 */
public final class Augmenter {
  private final Volume volume;
  private final Levels levels;
  private final Augmentation augmentation;
  private final long seed;
  private final Direct direct;
  private final Canvas canvas;
  private final Scaling scaling = new Scaling();
  private final Colours colours;
  private final Blurring blurring;
  private final boolean repaints;

  /**
   * An augmenter of the images of {@code data}.
   *
   * @throws DataException when the normalisation is for another number of channels
   */
  public Augmenter(Dataset data, Augmentation augmentation, long seed) {
    this.volume = data.volume();
    this.levels =
        Levels.of(augmentation.normalisation().orElse(data.normalisation()), volume.channels());
    this.augmentation = augmentation;
    this.seed = seed;
    this.direct = new Direct(levels, volume.size());
    this.canvas = new Canvas(volume);
    this.colours = new Colours(canvas);
    this.blurring = new Blurring(volume.size());
    this.repaints =
        augmentation.resizedCrop().isPresent()
            || augmentation.degrees().isPresent()
            || augmentation.jitter().isPresent()
            || augmentation.grayscale().isPresent()
            || augmentation.blur().isPresent();
  }

  /**
   * Writes picture {@code index} as it is, its middle cut out, normalised.
   *
   * @param to (rows, columns, channels) from {@code at} on
   * @throws DataException when the picture can no longer be read
   */
  public void plain(Images images, int index, float[] to, int at) {
    Picture picture = images.picture(index);
    if (fits(images, picture)) {
      direct.write(picture, View.STRAIGHT, to, at);
    } else {
      paintMiddle(images, picture);
      canvas.write(levels, to, at);
    }
  }

  /**
   * Writes picture {@code index} as epoch {@code epoch} sees it.
   *
   * @param to (rows, columns, channels) from {@code at} on
   * @throws DataException when the picture can no longer be read
   */
  public void varied(Images images, int index, int epoch, float[] to, int at) {
    Picture picture = images.picture(index);
    Draws draws = Draws.of(seed, "augment", epoch, index);
    if (!repaints && fits(images, picture)) {
      direct.write(picture, View.draw(draws, augmentation), to, at);
      return;
    }
    paint(images, picture, draws);
    turn(epoch, index);
    recolour(epoch, index);
    canvas.write(levels, to, at);
  }

  private boolean fits(Images images, Picture picture) {
    int size = volume.size();
    return images.shorterSide() == size && picture.rows() == size && picture.columns() == size;
  }

  private void paintMiddle(Images images, Picture picture) {
    scaling.paint(picture, Frame.middle(picture, images.shorterSide(), volume.size()), canvas);
  }

  private void paint(Images images, Picture picture, Draws draws) {
    if (augmentation.resizedCrop().isPresent()) {
      Frame frame = Frame.random(picture, augmentation.resizedCrop().get(), volume.size(), draws);
      scaling.paint(picture, frame, canvas);
      canvas.move(new View(0, 0, augmentation.flip() && draws.below(2) == 1));
    } else {
      paintMiddle(images, picture);
      canvas.move(View.draw(draws, augmentation));
    }
  }

  private void turn(int epoch, int index) {
    augmentation
        .degrees()
        .ifPresent(
            most -> {
              Draws draws = Draws.of(seed, "turn", epoch, index);
              Turning.turn(canvas, draws.between(-most, most));
            });
  }

  private void recolour(int epoch, int index) {
    augmentation
        .jitter()
        .ifPresent(jitter -> colours.jitter(jitter, Draws.of(seed, "jitter", epoch, index)));
    augmentation
        .grayscale()
        .ifPresent(
            share -> {
              if (Draws.of(seed, "grayscale", epoch, index).unit() < share) {
                colours.grey();
              }
            });
    augmentation
        .blur()
        .ifPresent(
            blur -> {
              Draws draws = Draws.of(seed, "blur", epoch, index);
              if (draws.unit() < blur.probability()) {
                blurring.blur(canvas, draws.between(blur.sigma().low(), blur.sigma().high()));
              }
            });
  }
}
