package dev.espalier.compute.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Volume;
import dev.espalier.compute.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {
  @ParameterizedTest
  @CsvSource({"3, 32", "1, 28", "3, 7", "1, 1"})
  void aQuarterTurnIsATransposeThenAFlipUpDown(int channels, int size) {
    Volume volume = new Volume(channels, size);
    float[] inputs = any(volume);

    new Rotation(volume).turn(inputs, 0, 1, volume.length());

    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        for (int channel = 0; channel < channels; channel++) {
          assertThat(inputs[volume.length() + (row * size + column) * channels + channel])
              .isEqualTo(inputs[(column * size + size - 1 - row) * channels + channel]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 32", "1, 28", "3, 7"})
  void quarterTurnsAddUp(int channels, int size) {
    Volume volume = new Volume(channels, size);
    int length = volume.length();
    float[] inputs = any(volume);
    Rotation rotation = new Rotation(volume);

    for (int quarters = 0; quarters < Rotation.COUNT; quarters++) {
      rotation.turn(inputs, 0, quarters, length);
      rotation.turn(inputs, 2 * length, 0, 3 * length);
      if (quarters > 0) {
        rotation.turn(inputs, 3 * length, 1, 2 * length);
      } else {
        rotation.turn(inputs, 0, 0, 2 * length);
      }
      assertThat(inputs).satisfies(all -> assertSame(all, length, 2 * length, length));
    }
  }

  private static void assertSame(float[] inputs, int one, int other, int length) {
    for (int i = 0; i < length; i++) {
      assertThat(inputs[one + i]).isEqualTo(inputs[other + i]);
    }
  }

  private static float[] any(Volume volume) {
    float[] inputs = new float[4 * volume.length()];
    Draws draws = Draws.of(1, "inputs", volume.size());
    for (int i = 0; i < volume.length(); i++) {
      inputs[i] = (float) draws.unit();
    }
    return inputs;
  }
}
