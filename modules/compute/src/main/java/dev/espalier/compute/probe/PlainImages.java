package dev.espalier.compute.probe;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.data.Images;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.feed.Source;

/** Fills batches with images in order, as they are, and their labels. */
final class PlainImages implements Source {
  private final Images images;
  private final Augmenter augmenter;
  private final int batch;

  private PlainImages(Images images, Augmenter augmenter, int batch) {
    this.images = images;
    this.augmenter = augmenter;
    this.batch = batch;
  }

  /** All of {@code images}, {@code batch} at a time; the last may be fewer. */
  static Feed feed(Images images, Reading reading, int batch) {
    return Feed.open(
        new Feed.Range(0, Math.ceilDiv(images.count(), batch)),
        reading.threads(),
        () -> new Batch(batch, images.volume().length()),
        () -> new PlainImages(images, reading.augmenter(), batch));
  }

  @Override
  public void fill(long number, Batch to) {
    int first = (int) number * batch;
    int end = Math.min(first + batch, images.count());
    for (int i = first; i < end; i++) {
      augmenter.plain(images, i, to.inputs(), to.end());
      to.add(images.label(i));
    }
  }
}
