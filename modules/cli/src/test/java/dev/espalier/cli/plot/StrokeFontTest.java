package dev.espalier.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrokeFontTest {
  private static final StrokeFont FONT = new StrokeFont(14);

  @ParameterizedTest
  @ValueSource(strings = {"a", "gjpqy", "W", "0123456789", "± − × ÷ % ≥ –", "labels/ticket (3)"})
  void lettersLieWithinTheirWidthAndLine(String text) {
    var bounds = FONT.strokes(text).getBounds2D();

    assertThat(bounds.getMinX()).isGreaterThan(-1.5);
    assertThat(bounds.getMaxX()).isLessThan(FONT.width(text) + 1.5);
    assertThat(bounds.getMinY()).isGreaterThan(-14);
    assertThat(bounds.getMaxY()).isLessThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "abcdefghijklmnopqrstuvwxyz",
        "0123456789",
        ".,:;-–−+±×÷/%=()"
      })
  void noTwoLettersLookAlike(String letters) {
    Set<List<Double>> looks = new HashSet<>();
    letters.chars().forEach(letter -> looks.add(ends(FONT.strokes(Character.toString(letter)))));
    looks.add(ends(FONT.strokes("\u4e00"))); // which is not there, so a box

    assertThat(looks).hasSize(letters.length() + 1);
  }

  private static List<Double> ends(Path2D path) {
    List<Double> ends = new ArrayList<>();
    double[] points = new double[6];
    for (PathIterator step = path.getPathIterator(null); !step.isDone(); step.next()) {
      step.currentSegment(points);
      ends.add(points[0]);
      ends.add(points[1]);
    }
    return ends;
  }

  @Test
  void accentsAreLeftOut() {
    assertThat(FONT.width("wörk")).isCloseTo(FONT.width("work"), within(1e-12));
  }

  @Test
  void widthsGrowWithTheSize() {
    assertThat(new StrokeFont(28).width("text")).isCloseTo(2 * FONT.width("text"), within(1e-9));
    assertThat(FONT.width("")).isZero();
  }
}
