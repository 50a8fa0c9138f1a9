package dev.espalier.fleet.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A PNG in the 256 colours that it has most of: a page has few, and the file is a third as large.
 */
final class Picture {
  private static final int COLOURS = 256;
  private static final int BITS = 8;
  private static final int OPAQUE = 0xFF000000;

  private Picture() {}

  /** The same picture as {@code png}, nearly. */
  static byte[] small(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) | OPAQUE, 1, Integer::sum);
      }
    }
    List<Integer> most =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    return written(indexed(image, most));
  }

  private static BufferedImage indexed(BufferedImage image, List<Integer> palette) {
    int[] colours = palette.stream().mapToInt(Integer::intValue).toArray();
    IndexColorModel model = new IndexColorModel(BITS, colours.length, colours, 0, false, -1, 0);
    BufferedImage indexed =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) | OPAQUE;
        int place = nearest.computeIfAbsent(colour, wanted -> nearest(wanted, colours));
        indexed.getRaster().setSample(x, y, 0, place);
      }
    }
    return indexed;
  }

  private static int nearest(int colour, int[] palette) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      best = distance(colour, palette[i]) < distance(colour, palette[best]) ? i : best;
    }
    return best;
  }

  private static int distance(int left, int right) {
    int sum = 0;
    for (int shift = 0; shift <= 2 * BITS; shift += BITS) {
      int apart = (left >> shift & 0xFF) - (right >> shift & 0xFF);
      sum += apart * apart;
    }
    return sum;
  }

  private static byte[] written(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
