package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentStreamTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anySpanOfAnyPartsIsRead(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = ArtifactsContract.bytes(random.nextInt(300));
    int from = random.nextInt(whole.length + 1);
    int length = random.nextInt(whole.length - from + 1);

    SegmentStream stream = new SegmentStream(cut(whole, random), from, length);

    byte[] first = stream.readNBytes(random.nextInt(length + 1));
    int one = stream.read();
    byte[] rest = stream.readAllBytes();
    byte[] expected = Arrays.copyOfRange(whole, from, from + length);
    assertThat(first).isEqualTo(Arrays.copyOf(expected, first.length));
    if (first.length == length) {
      assertThat(one).isEqualTo(-1);
      assertThat(rest).isEmpty();
    } else {
      assertThat((byte) one).isEqualTo(expected[first.length]);
      assertThat(rest).isEqualTo(Arrays.copyOfRange(expected, first.length + 1, length));
    }
  }

  private static List<MemorySegment> cut(byte[] whole, SplittableRandom random) {
    List<MemorySegment> parts = new ArrayList<>();
    for (int at = 0; at < whole.length; ) {
      int some = random.nextInt(Math.min(100, whole.length - at + 1));
      parts.add(MemorySegment.ofArray(whole).asSlice(at, some));
      at += some;
    }
    return parts;
  }
}
