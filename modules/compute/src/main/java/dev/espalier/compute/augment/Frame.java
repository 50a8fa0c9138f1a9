package dev.espalier.compute.augment;

import dev.espalier.compute.data.Picture;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;

/**
 * Which box of a picture is scaled to how many rows and columns, and which of those are wanted.
 *
 * @param top the box's first row
 * @param left its first column
 * @param height its rows, at least 1
 * @param width its columns, at least 1
 * @param rows what its rows are scaled to
 * @param columns what its columns are scaled to
 * @param firstRow the first scaled row that is wanted
 * @param firstColumn the first scaled column that is wanted
 */
record Frame(
    int top,
    int left,
    int height,
    int width,
    int rows,
    int columns,
    int firstRow,
    int firstColumn) {
  private static final int TRIES = 10;

  /**
   * The middle {@code size} × {@code size} of the picture, once its shorter side is scaled to
   * {@code shorterSide}: torchvision's {@code Resize} and {@code CenterCrop}.
   */
  static Frame middle(Picture picture, int shorterSide, int size) {
    int height = picture.rows();
    int width = picture.columns();
    int rows = height <= width ? shorterSide : (int) ((long) shorterSide * height / width);
    int columns = height <= width ? (int) ((long) shorterSide * width / height) : shorterSide;
    int firstRow = (int) Math.rint((rows - size) / 2.0);
    int firstColumn = (int) Math.rint((columns - size) / 2.0);
    return new Frame(0, 0, height, width, rows, columns, firstRow, firstColumn);
  }

  /**
   * A random part, scaled to {@code size} × {@code size}: torchvision's {@code
   * RandomResizedCrop.get_params}. Ten times an area and a ratio are drawn; when no such part fits,
   * it is the largest one in the middle whose ratio is allowed.
   */
  static Frame random(Picture picture, ResizedCrop crop, int size, Draws draws) {
    int height = picture.rows();
    int width = picture.columns();
    double low = StrictMath.log(crop.ratio().low());
    double high = StrictMath.log(crop.ratio().high());
    for (int i = 0; i < TRIES; i++) {
      double area =
          (double) height * width * draws.between(crop.scale().low(), crop.scale().high());
      double ratio = StrictMath.exp(draws.between(low, high));
      int w = (int) Math.rint(Math.sqrt(area * ratio));
      int h = (int) Math.rint(Math.sqrt(area / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int top = draws.below(height - h + 1);
        return part(top, draws.below(width - w + 1), h, w, size);
      }
    }
    return largest(height, width, crop.ratio(), size);
  }

  private static Frame largest(int height, int width, Range ratio, int size) {
    double own = (double) width / height;
    int w = own > ratio.high() ? (int) Math.rint(height * ratio.high()) : width;
    int h = own < ratio.low() ? (int) Math.rint(width / ratio.low()) : height;
    return part((height - h) / 2, (width - w) / 2, h, w, size);
  }

  private static Frame part(int top, int left, int height, int width, int size) {
    return new Frame(top, left, height, width, size, size, 0, 0);
  }
}
