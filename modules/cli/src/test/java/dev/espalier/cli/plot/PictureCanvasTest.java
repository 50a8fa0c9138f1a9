package dev.espalier.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureCanvasTest {
  private static final Curve CURVE =
      new Curve("labels", 1, 0, List.of(new Point(1, 0.9, 0.01), new Point(0.1, 0.5, 0.02)));

  private static BufferedImage decoded(Drawing drawing) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawing.png()));
    assertThat(image.getWidth()).isEqualTo(2 * drawing.width());
    assertThat(image.getHeight()).isEqualTo(2 * drawing.height());
    return Objects.requireNonNull(image);
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new TreeSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  void curvesLinesAndLettersAreOnThePicture() throws IOException {
    Chart chart = new Chart("a study", List.of(CURVE), List.of());

    assertThat(colours(decoded(new AccuracyPlot(chart))))
        .contains(0xffffff, Palette.curve(1).rgb(), Palette.TEXT.rgb(), Palette.AXIS.rgb());
  }

  @Test
  void squaresHaveTheShadesOfTheirNumbers() throws IOException {
    Heat.Cell pale = new Heat.Cell(0.1, "10 %", "");
    Heat.Cell deep = new Heat.Cell(0.9, "90 %", "");
    Heat heat = new Heat("", List.of(List.of(deep, pale), List.of(pale, deep)));

    assertThat(
            colours(
                decoded(new OverlapPlot("masks", List.of("a", "b"), List.of(heat), "a legend"))))
        .contains(Palette.shade(0.1).rgb(), Palette.shade(0.9).rgb());
  }

  @Test
  void layersAreDrawn() throws IOException {
    LayerPlot.Row row = new LayerPlot.Row("labels", 3, 0, List.of(0.2, 0.4));
    LayerPlot plot = new LayerPlot("masks", "overlap", List.of("conv1", "conv2"), List.of(row));

    assertThat(colours(decoded(plot))).contains(Palette.curve(3).rgb());
  }
}
