package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.domain.study.Augmentation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  private static final int VALUES = Records.CIFAR.length();

  @Test
  void theSamePicturesComeForEver() {
    assertThat(Glyphs.generate(50, 20).digest().hex())
        .isEqualTo("9685ed436d275218ded6e5efb7fd82faf65c7eec5370f33eadbbd24219f6851b");
  }

  @Test
  void aPictureDoesNotDependOnHowManyThereAre() {
    Dataset few = Glyphs.generate(5, 3);
    Dataset many = Glyphs.generate(20, 10);

    assertThat(bytes(many.train())).startsWith(bytes(few.train()));
    assertThat(bytes(many.test())).startsWith(bytes(few.test()));
    assertThat(few.digest()).isNotEqualTo(many.digest());
  }

  private static byte[] bytes(Images images) {
    return ((Records) images).bytes();
  }

  @Test
  void trainAndTestPicturesDiffer() {
    Dataset data = Glyphs.generate(10, 10);

    assertThat(bytes(data.train())).isNotEqualTo(bytes(data.test()));
  }

  @Test
  void everyShapeComesAboutEquallyOften() {
    int[] counts = new int[10];
    Images train = Glyphs.generate(2_000, 1).train();
    for (int i = 0; i < train.count(); i++) {
      counts[train.label(i)]++;
    }

    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(150, 250));
  }

  @Test
  void normalisedPicturesHaveMeanZeroAndDeviationOne() {
    Dataset data = Glyphs.generate(2_000, 1);
    Images train = data.train();
    float[] input = new float[VALUES];
    Augmenter plain = new Augmenter(data, Augmentation.STANDARD, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < train.count(); i++) {
      plain.plain(train, i, input, 0);
      for (float value : input) {
        sum += value;
        squares += value * value;
      }
    }
    double count = (double) train.count() * VALUES;

    assertThat(sum / count).isCloseTo(0, within(0.03));
    assertThat(squares / count).isCloseTo(1, within(0.03));
  }

  @Test
  void aLinearClassifierOnPixelsStaysUnderSixtyPercent() {
    Dataset data = Glyphs.generate(3_000, 500);

    double accuracy = PixelClassifier.accuracyOn(data, 6, 0.005);

    // Above chance, so the classifier does learn what there is for it.
    assertThat(accuracy).isBetween(0.15, 0.60);
  }

  @Test
  void morePicturesThanAnArrayHoldsAreRefused() {
    assertThatThrownBy(() -> Glyphs.generate(500_001, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("expected at most 500000 train images of glyphs, got 500001");
  }

  @Test
  void aShapeCoversWhatItsAreaSays() {
    Outline square = Outline.of(-1, -1, 1, -1, 1, 1, -1, 1);
    Outline.Placement turned = new Outline.Placement(16, 16, 8, StrictMath.toRadians(30));

    float[] coverage = square.placed(turned).coverage();

    double area = 0;
    for (float share : coverage) {
      area += share;
    }
    assertThat(area).isCloseTo(256, within(0.5));
    assertThat(Arrays.stream(new int[] {0, 31, 1023}).mapToObj(i -> coverage[i])).containsOnly(0f);
  }
}
