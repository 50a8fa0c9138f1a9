package dev.espalier.compute.feed;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.ResizedCrop;
import java.util.Optional;

/**
 * Writes several views of each image into a batch. An image's views of the usual size are inputs
 * one after the other; its small crops, if it has any, lie behind all inputs of the batch, in the
 * order of images, then of crops. They are views too, numbered after the others. Used by one
 * thread.
 */
public final class Views {
  private final Form form;
  private final Augmenter augmenter;
  private final Optional<Augmenter> small;

  /**
   * What views an image has.
   *
   * @param views of the usual size, at least 1
   * @param small others
   */
  public record Form(int views, Optional<SmallCrops> small) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when there is no view
     */
    public Form {
      if (views < 1) {
        throw new IllegalArgumentException("expected at least 1 view, got " + views);
      }
    }

    /** An empty batch for these views of so many images of {@code volume}. */
    public Batch batch(int images, Volume volume) {
      int ofSmall = small.map(crops -> crops.count() * crops.volume(volume).length()).orElse(0);
      return new Batch(images * views, volume.length(), Math.multiplyExact(images, ofSmall));
    }
  }

  /**
   * Views of another size.
   *
   * @param count how many of an image, at least 1
   * @param size rows and columns of each
   * @param crop what each shows
   */
  public record SmallCrops(int count, int size, ResizedCrop crop) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is below 1
     */
    public SmallCrops {
      if (count < 1 || size < 1) {
        throw new IllegalArgumentException(
            "expected at least 1 small crop of at least 1 row, got %d of %d"
                .formatted(count, size));
      }
    }

    /** What a network sees that sees {@code usual} else. */
    public Volume volume(Volume usual) {
      return new Volume(usual.channels(), size);
    }
  }

  /** Views of images that {@code reading} turns into inputs. */
  public Views(Reading reading, Form form) {
    this.form = form;
    this.augmenter = reading.augmenter();
    this.small = form.small().map(crops -> augmenter(reading, crops));
  }

  private static Augmenter augmenter(Reading reading, SmallCrops crops) {
    Augmentation usual = reading.augmentation();
    Augmentation cropped =
        new Augmentation(
            usual.flip(),
            usual.crop(),
            Optional.of(crops.crop()),
            usual.degrees(),
            usual.jitter(),
            usual.grayscale(),
            usual.blur(),
            usual.normalisation());
    return new Augmenter(reading.data(), crops.size(), cropped, reading.seed());
  }

  /**
   * Writes all views of picture {@code index}.
   *
   * @param epoch which sees them, or {@link Augmenter#TEST}
   * @param answer to each input
   * @param to a batch of this form, with room
   */
  public void write(Images images, int index, int epoch, int answer, Batch to) {
    form.small().ifPresent(crops -> writeSmall(crops, images, index, epoch, to));
    for (int view = 0; view < form.views(); view++) {
      augmenter.varied(images, new Augmenter.Sight(epoch, index, view), to.inputs(), to.end());
      to.add(answer);
    }
  }

  private void writeSmall(SmallCrops crops, Images images, int index, int epoch, Batch to) {
    int length = crops.volume(images.volume()).length();
    int at = to.more() + to.count() / form.views() * crops.count() * length;
    for (int crop = 0; crop < crops.count(); crop++, at += length) {
      Augmenter.Sight sight = new Augmenter.Sight(epoch, index, form.views() + crop);
      small.orElseThrow().varied(images, sight, to.inputs(), at);
    }
  }
}
