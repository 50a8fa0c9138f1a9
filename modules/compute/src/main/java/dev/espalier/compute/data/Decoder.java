package dev.espalier.compute.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files to colour pictures, by the JDK's own readers. Grey values serve all
 * three channels; transparency is left out, as PIL's {@code convert("RGB")} leaves it out; of
 * values of 16 bits the upper 8 count.
 */
final class Decoder {
  private static final long MOST_PIXELS = 1L << 26;
  private static final int COLOURS = 3;

  private Decoder() {}

  /**
   * The picture that {@code bytes} hold.
   *
   * @param path where they come from, for messages
   * @throws DataException when they do not decode, or hold more than 67 million pixels
   */
  static Picture decode(byte[] bytes, Path path) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw undecodable(path, "something else");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        reader.addIIOReadWarningListener((source, warning) -> requireWhole(warning, path));
        requireModest(reader.getWidth(0), reader.getHeight(0), path);
        return picture(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw undecodable(path, String.valueOf(e.getMessage()));
    }
  }

  /** The reader fills up a file that ends early, and only mentions it. */
  private static void requireWhole(String warning, Path path) {
    if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
      throw undecodable(path, warning);
    }
  }

  private static void requireModest(int columns, int rows, Path path) {
    if ((long) columns * rows > MOST_PIXELS) {
      throw DataException.missing(
          "expected at most %d pixels in %s, got %d x %d"
              .formatted(MOST_PIXELS, path, columns, rows));
    }
  }

  private static DataException undecodable(Path path, String came) {
    return DataException.missing(
        "expected a whole PNG or JPEG picture in %s, got: %s".formatted(path, came));
  }

  private static Picture picture(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model instanceof ComponentColorModel
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel samples
        && buffer.getNumBanks() == 1) {
      return inPlace(buffer.getData(), samples, image.getHeight(), image.getWidth());
    }
    return switch (model) {
      case IndexColorModel palette -> fromPalette(raster, palette);
      case ComponentColorModel direct -> fromSamples(raster);
      default -> fromColours(image);
    };
  }

  /** The decoded bytes as they are; only their order is another. */
  private static Picture inPlace(
      byte[] bytes, PixelInterleavedSampleModel samples, int rows, int columns) {
    int[] bands = samples.getBandOffsets();
    int step = bands.length < COLOURS ? 0 : bands[1] - bands[0];
    Picture.Layout layout =
        new Picture.Layout(step, samples.getScanlineStride(), samples.getPixelStride());
    if (bands.length >= COLOURS && bands[2] - bands[1] != step) {
      throw new IllegalArgumentException("colours out of order");
    }
    return Picture.colour(bytes, bands[0], layout, rows, columns);
  }

  private static Picture fromPalette(Raster raster, IndexColorModel palette) {
    return paint(raster, (row, column) -> palette.getRGB(raster.getSample(column, row, 0)));
  }

  /** Of values of more than 8 bits. */
  private static Picture fromSamples(Raster raster) {
    int shift = DataBuffer.getDataTypeSize(raster.getTransferType()) - Byte.SIZE;
    int step = raster.getNumBands() < COLOURS ? 0 : 1;
    return paint(
        raster,
        (row, column) -> {
          int colour = 0;
          for (int channel = 0; channel < COLOURS; channel++) {
            colour = colour << Byte.SIZE | raster.getSample(column, row, channel * step) >>> shift;
          }
          return colour;
        });
  }

  private static Picture fromColours(BufferedImage image) {
    return paint(image.getRaster(), (row, column) -> image.getRGB(column, row));
  }

  /** Gives the colour of a pixel as 0xRRGGBB. */
  private interface Colours {
    int at(int row, int column);
  }

  private static Picture paint(Raster raster, Colours colours) {
    int rows = raster.getHeight();
    int columns = raster.getWidth();
    byte[] bytes = new byte[COLOURS * rows * columns];
    for (int row = 0, at = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int colour = colours.at(row, column);
        bytes[at++] = (byte) (colour >>> 16);
        bytes[at++] = (byte) (colour >>> 8);
        bytes[at++] = (byte) colour;
      }
    }
    Picture.Layout layout = new Picture.Layout(1, COLOURS * columns, COLOURS);
    return Picture.colour(bytes, 0, layout, rows, columns);
  }
}
