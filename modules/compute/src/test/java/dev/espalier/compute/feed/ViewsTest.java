package dev.espalier.compute.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.augment.Augmenter.Sight;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Dataset DATA =
      Datasets.open(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(40), OptionalInt.of(10)), Map.of());
  private static final int LENGTH = DATA.volume().length();
  private static final ResizedCrop PART = new ResizedCrop(new Range(0.1, 0.3), new Range(0.7, 1.4));
  private static final Augmentation COLOURED =
      new Augmentation(
          true,
          4,
          Optional.of(ResizedCrop.USUAL),
          OptionalDouble.of(10),
          Optional.of(new Jitter(0.4, 0.4, 0.4, 0.1, 0.8)),
          OptionalDouble.of(0.2),
          Optional.empty(),
          Optional.empty());

  private static Reading reading(Augmentation augmentation) {
    return new Reading(DATA, augmentation, 7, 1);
  }

  private static float[] seen(Augmentation augmentation, Sight sight) {
    float[] input = new float[LENGTH];
    reading(augmentation).augmenter().varied(DATA.train(), sight, input, 0);
    return input;
  }

  @Test
  void viewsOfAnImageFollowEachOtherAndTheFirstIsWhatASingleOneWouldBe() {
    Views.Form form = new Views.Form(3, Optional.empty());
    Batch batch = form.batch(2, DATA.volume());
    Views views = new Views(reading(Augmentation.STANDARD), form);
    views.write(DATA.train(), 5, 2, 50, batch);
    views.write(DATA.train(), 8, 2, 80, batch);

    assertThat(batch.answers()).containsExactly(50, 50, 50, 80, 80, 80);
    for (int i = 0; i < 6; i++) {
      assertThat(Arrays.copyOfRange(batch.inputs(), i * LENGTH, (i + 1) * LENGTH))
          .isEqualTo(seen(Augmentation.STANDARD, new Sight(2, i < 3 ? 5 : 8, i % 3)));
    }
    float[] single = new float[LENGTH];
    reading(Augmentation.STANDARD).augmenter().varied(DATA.train(), 8, 2, single, 0);
    assertThat(Arrays.copyOfRange(batch.inputs(), 3 * LENGTH, 4 * LENGTH)).isEqualTo(single);
  }

  @Test
  void viewsAndTestsDrawNothingInCommon() {
    for (Augmentation augmentation : List.of(Augmentation.STANDARD, COLOURED)) {
      Set<List<Float>> inputs = new HashSet<>();
      for (int view = 0; view < 4; view++) {
        inputs.add(list(seen(augmentation, new Sight(3, 5, view))));
        inputs.add(list(seen(augmentation, new Sight(Augmenter.TEST, 5, view))));
      }

      assertThat(inputs).hasSizeGreaterThan(5);
    }
  }

  private static List<Float> list(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  @Test
  void smallCropsLieBehindAllInputsInTheOrderOfImages() {
    Views.SmallCrops crops = new Views.SmallCrops(2, 20, PART);
    Views.Form form = new Views.Form(2, Optional.of(crops));
    Batch batch = form.batch(3, DATA.volume());
    Views views = new Views(reading(COLOURED), form);
    for (int index = 0; index < 3; index++) {
      views.write(DATA.train(), index, 1, index, batch);
    }

    int length = crops.volume(DATA.volume()).length();
    FloatBuffer images = FloatBuffer.allocate(6 * LENGTH + 6 * length);
    batch.copyTo(images);
    float[] input = new float[length];
    for (int i = 0; i < 6; i++) {
      new Augmenter(DATA, 20, with(PART), 7)
          .varied(DATA.train(), new Sight(1, i / 2, 2 + i % 2), input, 0);
      int at = 6 * LENGTH + i * length;
      assertThat(Arrays.copyOfRange(images.array(), at, at + length)).isEqualTo(input);
    }
    assertThat(Arrays.copyOfRange(images.array(), LENGTH, 2 * LENGTH))
        .isEqualTo(seen(COLOURED, new Sight(1, 0, 1)));
  }

  private static Augmentation with(ResizedCrop crop) {
    return new Augmentation(
        true,
        4,
        Optional.of(crop),
        COLOURED.degrees(),
        COLOURED.jitter(),
        COLOURED.grayscale(),
        Optional.empty(),
        Optional.empty());
  }
}
