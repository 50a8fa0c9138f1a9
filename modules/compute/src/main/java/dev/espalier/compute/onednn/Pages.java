package dev.espalier.compute.onednn;

import java.util.stream.LongStream;

/** Hands out memory, piece after piece, each beginning on a page of its own. */
final class Pages {
  private static final int PAGE = 4096;

  private long next;

  /** Pieces from {@code address} on; from 0 on, to learn how much they are together. */
  Pages(long address) {
    next = address;
  }

  /** Some addresses, {@code step} bytes apart. */
  static long[] places(int count, long first, long step) {
    return LongStream.range(0, count).map(i -> first + i * step).toArray();
  }

  /** The address of the next {@code bytes} bytes. */
  long take(long bytes) {
    long address = next;
    next += Math.ceilDiv(bytes, PAGE) * PAGE;
    return address;
  }

  /** The address after the last piece. */
  long end() {
    return next;
  }
}
