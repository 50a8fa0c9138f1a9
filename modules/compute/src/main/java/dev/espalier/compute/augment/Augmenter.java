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
 * asks for. A function of (seed, epoch, index), and of the view where there are several of an
 * image. Used by one thread at a time.
 *
 * <p>The order is that of PyTorch's usual transforms: a part of the raw picture is scaled to the
 * input's size, or the picture is padded with zeros (black) and cropped; it is mirrored, turned,
 * its colours are changed or taken away, it is blurred, and only then normalised; so a padded pixel
 * is (0 − mean) ÷ deviation. What is not asked for draws nothing, and each change has draws of its
 * own.
 */
public final class Augmenter {
  /** The epoch of test images: what varies them is drawn for no epoch of training. */
  public static final int TEST = -1;

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
    this(data, data.volume().size(), augmentation, seed);
  }

  /**
   * One that makes inputs of another size: {@code size} rows and columns.
   *
   * @throws DataException when the normalisation is for another number of channels
   */
  public Augmenter(Dataset data, int size, Augmentation augmentation, long seed) {
    this.volume = new Volume(data.volume().channels(), size);
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
    varied(images, new Sight(epoch, index, 0), to, at);
  }

  /**
   * Which view of which picture in which epoch.
   *
   * @param epoch from 0, or {@link #TEST}
   * @param index the picture's
   * @param view from 0; view 0 is what an epoch sees that has one view of each picture
   */
  public record Sight(int epoch, int index, int view) {
    /** What is drawn for it; views draw nothing in common. */
    private Draws draws(long seed, String purpose) {
      return view == 0
          ? Draws.of(seed, purpose, epoch, index)
          : Draws.of(seed, purpose, epoch, index, view);
    }
  }

  /**
   * Writes one of several views of a picture.
   *
   * @param to (rows, columns, channels) from {@code at} on
   * @throws DataException when the picture can no longer be read
   */
  public void varied(Images images, Sight sight, float[] to, int at) {
    Picture picture = images.picture(sight.index());
    Draws draws = sight.draws(seed, "augment");
    if (!repaints && fits(images, picture)) {
      direct.write(picture, View.draw(draws, augmentation), to, at);
      return;
    }
    paint(images, picture, draws);
    turn(sight);
    recolour(sight);
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

  private void turn(Sight sight) {
    augmentation
        .degrees()
        .ifPresent(
            most -> {
              Draws draws = sight.draws(seed, "turn");
              Turning.turn(canvas, draws.between(-most, most));
            });
  }

  private void recolour(Sight sight) {
    augmentation.jitter().ifPresent(jitter -> colours.jitter(jitter, sight.draws(seed, "jitter")));
    augmentation
        .grayscale()
        .ifPresent(
            share -> {
              if (sight.draws(seed, "grayscale").unit() < share) {
                colours.grey();
              }
            });
    augmentation
        .blur()
        .ifPresent(
            blur -> {
              Draws draws = sight.draws(seed, "blur");
              if (draws.unit() < blur.probability()) {
                blurring.blur(canvas, draws.between(blur.sigma().low(), blur.sigma().high()));
              }
            });
  }
}
