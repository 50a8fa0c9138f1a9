package dev.espalier.store;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Reads some of the bytes of segments that follow on one another, without a copy of them. */
final class SegmentStream extends InputStream {
  private final List<MemorySegment> parts;
  private int part;
  private long at; // in the part
  private long left;

  /**
   * A stream of {@code length} bytes.
   *
   * @param from where they begin, over all {@code parts}
   */
  SegmentStream(List<MemorySegment> parts, long from, long length) {
    this.parts = parts;
    this.at = from;
    this.left = length;
    while (part < parts.size() && at >= parts.get(part).byteSize()) {
      at -= parts.get(part++).byteSize();
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    MemorySegment here = parts.get(part);
    int some = (int) Math.min(length, Math.min(left, here.byteSize() - at));
    MemorySegment.copy(here, ValueLayout.JAVA_BYTE, at, to, offset, some);
    left -= some;
    at += some;
    while (part < parts.size() && at == parts.get(part).byteSize()) {
      at = 0;
      part++;
    }
    return some;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
