package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 16, 63, 64, 65, 128, 1000})
  void whatIsPackedIsUnpacked(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] mask = new float[length];
    for (int i = 0; i < length; i++) {
      mask[i] = random.nextInt(2);
    }
    byte[] bits = new byte[Bits.bytes(length)];
    float[] back = new float[length];

    Bits.pack(MemorySegment.ofArray(mask), MemorySegment.ofArray(bits));
    Bits.unpack(MemorySegment.ofArray(bits), MemorySegment.ofArray(back));

    assertThat(back).isEqualTo(mask);
  }

  @Test
  void theFirstValueIsTheLowestBitOfTheFirstByte() {
    float[] mask = new float[66];
    mask[0] = 1;
    mask[9] = 1;
    mask[65] = 1;
    byte[] bits = new byte[Bits.bytes(mask.length)];

    Bits.pack(MemorySegment.ofArray(mask), MemorySegment.ofArray(bits));

    assertThat(bits).startsWith(1, 2, 0, 0, 0, 0, 0, 0, 2).hasSize(16);
  }
}
