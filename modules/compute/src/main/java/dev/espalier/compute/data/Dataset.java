package dev.espalier.compute.data;

import dev.espalier.compute.network.Volume;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Normalisation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Images to train and to test on, immutable and named by their content.
 *
 * <p>The digest is the SHA-256 of: the number of classes, of training images and of test images (4
 * bytes each, big-endian), then the training images, then the test images, in order: of those held
 * in memory the {@link Records} (whose length tells the pictures' channels and size), of those in
 * files what {@link PictureFiles} says.
 */
public final class Dataset {
  private final int classes;
  private final Normalisation normalisation;
  private final Images train;
  private final Images test;
  private final Digest digest;

  /**
   * Images of these classes.
   *
   * @param classes how many
   * @param normalisation how values become a network's input
   * @param train to train on
   * @param test to test on
   * @throws DataException when a label is not one of the classes
   */
  Dataset(int classes, Normalisation normalisation, Images train, Images test) {
    this.classes = classes;
    this.normalisation = normalisation;
    this.train = checked("train", train);
    this.test = checked("test", test);
    this.digest = digestOf();
  }

  private Images checked(String part, Images images) {
    for (int i = 0; i < images.count(); i++) {
      if (images.label(i) >= classes) {
        throw DataException.badInput(
            "expected labels 0 to %d, got %d at %s image %d"
                .formatted(classes - 1, images.label(i), part, i));
      }
    }
    return images;
  }

  private Digest digestOf() {
    MessageDigest sha256 = Digest.sha256();
    ByteBuffer counts = ByteBuffer.allocate(3 * Integer.BYTES);
    counts.putInt(classes).putInt(train.count()).putInt(test.count());
    sha256.update(counts.array());
    train.addTo(sha256);
    test.addTo(sha256);
    return Digest.of(sha256);
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** The channels and the size in which a network sees every image. */
  public Volume volume() {
    return train.volume();
  }

  /** How values become a network's input, unless a study says otherwise. */
  public Normalisation normalisation() {
    return normalisation;
  }

  /** The images to train on. */
  public Images train() {
    return train;
  }

  /** The images to test on. */
  public Images test() {
    return test;
  }

  /** The name of exactly these images. */
  public Digest digest() {
    return digest;
  }

  @Override
  public String toString() {
    return "data "
        + digest.brief()
        + " of "
        + classes
        + " classes, train "
        + train
        + ", test "
        + test;
  }
}
