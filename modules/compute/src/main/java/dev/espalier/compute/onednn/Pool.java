package dev.espalier.compute.onednn;

import dev.espalier.compute.plan.NativeArray;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Memory that is lent and given back while a plan is compiled. The lowest piece that is large
 * enough is lent first: the backward pass frees values from the last to the first, so that what it
 * freed last, and what may still be in the cache, lies lowest.
 */
final class Pool {
  private static final long PAGE = 4096;

  private final Device device;
  private final NavigableMap<Long, NativeArray> arrays = new TreeMap<>();
  private final NavigableMap<Long, Long> free = new TreeMap<>(); // bytes, by address

  /** A pool that has nothing, and takes more from {@code device} whenever it has too little. */
  Pool(Device device) {
    this.device = device;
  }

  /** What {@code bytes} bytes take of a pool. */
  static long rounded(long bytes) {
    return Math.ceilDiv(bytes, PAGE) * PAGE;
  }

  /** Gets {@code bytes} bytes in one piece. */
  void reserve(long bytes) {
    NativeArray array = device.allocate(rounded(bytes) / Float.BYTES);
    arrays.put(array.address(), array);
    free.put(array.address(), rounded(bytes));
  }

  /** Lends {@code bytes} bytes, which begin on a page and hold anything. */
  MemorySegment take(long bytes) {
    long wanted = rounded(bytes);
    for (Map.Entry<Long, Long> piece : free.entrySet()) {
      if (piece.getValue() >= wanted) {
        return lend(piece.getKey(), piece.getValue(), bytes);
      }
    }
    reserve(bytes);
    return take(bytes);
  }

  private MemorySegment lend(long address, long available, long bytes) {
    free.remove(address);
    long rest = available - rounded(bytes);
    if (rest > 0) {
      free.put(address + rounded(bytes), rest);
    }
    Map.Entry<Long, NativeArray> array = arrays.floorEntry(address);
    return array.getValue().segment().asSlice(address - array.getKey(), bytes);
  }

  /** Takes back what was lent. */
  void give(MemorySegment lent) {
    long address = lent.address();
    long bytes = rounded(lent.byteSize());
    Map.Entry<Long, Long> below = free.lowerEntry(address);
    if (below != null && touch(below.getKey() + below.getValue(), address)) {
      free.remove(below.getKey());
      address = below.getKey();
      bytes += below.getValue();
    }
    Map.Entry<Long, Long> above = free.higherEntry(address);
    if (above != null && touch(address + bytes, above.getKey())) {
      free.remove(above.getKey());
      bytes += above.getValue();
    }
    free.put(address, bytes);
  }

  /** Whether a piece that ends at {@code end} and one from {@code begin} are parts of one array. */
  private boolean touch(long end, long begin) {
    return end == begin && !arrays.containsKey(begin);
  }
}
