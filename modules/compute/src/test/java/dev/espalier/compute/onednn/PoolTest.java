package dev.espalier.compute.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.study.Precision;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
  private static final int PAGE = 4096;
  private static final int WHOLE = 64 * PAGE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsLentNeverOverlapsAndComesBackInOnePiece(long seed) {
    Random random = new Random(seed);
    try (Device device = new Device(Precision.FLOAT32)) {
      Pool pool = new Pool(device);
      pool.reserve(WHOLE);
      MemorySegment all = pool.take(WHOLE);
      pool.give(all);
      List<MemorySegment> lent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        if (lent.isEmpty() || random.nextInt(3) > 0) {
          lent.add(pool.take(1 + random.nextInt(WHOLE / 4)));
        } else {
          pool.give(lent.remove(random.nextInt(lent.size())));
        }
        assertApart(lent);
      }

      lent.forEach(pool::give);

      assertThat(pool.take(WHOLE).address()).isEqualTo(all.address());
    }
  }

  private static void assertApart(List<MemorySegment> lent) {
    for (int i = 0; i < lent.size(); i++) {
      assertThat(lent.get(i).address() % PAGE).isZero();
      for (MemorySegment other : lent.subList(0, i)) {
        assertThat(lent.get(i).asOverlappingSlice(other)).isEmpty();
      }
    }
  }
}
