package dev.espalier.compute.onednn;

import org.bytedeco.dnnl.memory;

/**
 * How a batch's strips are cut into blocks, each of which one thread takes from its input to its
 * output. A block's points are to stay in the second-level cache, but it has tiles enough that the
 * filters, which every block reads, are read seldom.
 *
 * @param strips strips in all
 * @param size strips of a block; the last block may have fewer
 */
record WinogradBlocks(int strips, int size) {
  private static final int CACHE = 512 << 10;
  private static final int FEWEST_TILES = 64;
  // Points lie a cache line further apart than need be: at a power of two they would all share one
  // set of the cache.
  private static final int SPARE = 64;

  /**
   * The cut for two planes of the same tiles, which {@code threads} threads share.
   *
   * @param from the plane that is read
   * @param to the plane that is written or read as well
   */
  static WinogradBlocks of(WinogradPlane from, WinogradPlane to, int threads) {
    int tile = from.form().points() * (from.columnBytes() + to.columnBytes());
    int tiles = Math.max(FEWEST_TILES, CACHE / tile);
    int strips = from.strips();
    int blocks = Math.ceilDiv(strips, Math.max(1, tiles / from.tiles()));
    int shared = Math.min(strips, Math.ceilDiv(blocks, threads) * threads);
    return new WinogradBlocks(strips, Math.ceilDiv(strips, shared));
  }

  int count() {
    return Math.ceilDiv(strips, size);
  }

  int begin(int block) {
    return block * size;
  }

  int end(int block) {
    return Math.min(strips, (block + 1) * size);
  }

  /**
   * Tiles of a full block, at least 2: with a single one oneDNN takes a transposed matrix for a
   * plain one.
   */
  int tiles(WinogradPlane plane) {
    return Math.max(2, size * plane.tiles());
  }

  /** Whether all tiles of a block are there. */
  boolean full(int block, WinogradPlane plane) {
    return (end(block) - begin(block)) * plane.tiles() == tiles(plane);
  }

  /** The bytes from one point of a block's tiles to the next. */
  long step(WinogradPlane plane) {
    return (long) tiles(plane) * plane.columnBytes() + SPARE;
  }

  /** The bytes of a block's points. */
  long bytes(WinogradPlane plane) {
    return plane.form().points() * step(plane);
  }

  /** A block's points as matrices (tiles, channels). */
  memory.desc layout(WinogradPlane plane) {
    long[] sizes = {plane.form().points(), tiles(plane), plane.channels()};
    long[] steps = {step(plane) / Float.BYTES, plane.channels(), 1};
    return new memory.desc(sizes, memory.data_type.f32, steps);
  }

  /** A block's points as matrices (channels, tiles). */
  memory.desc transposed(WinogradPlane plane) {
    long[] sizes = {plane.form().points(), plane.channels(), tiles(plane)};
    long[] steps = {step(plane) / Float.BYTES, 1, plane.channels()};
    return new memory.desc(sizes, memory.data_type.f32, steps);
  }
}
