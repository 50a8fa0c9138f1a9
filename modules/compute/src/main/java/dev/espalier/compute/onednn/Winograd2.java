package dev.espalier.compute.onednn;

import static dev.espalier.compute.onednn.Lanes.load;
import static dev.espalier.compute.onednn.Lanes.store;

import jdk.incubator.vector.FloatVector;

/**
 * The lines of F(2 x 2, 3 x 3): 16 products for 4 outputs, after Lavin and Gray, "Fast Algorithms
 * for Convolutional Neural Networks", 2015, section 4.1. The points are 0, 1, -1 and infinity; the
 * error is that of a direct convolution.
 */
final class Winograd2 {
  private static final float HALF = 0.5f;

  private Winograd2() {}

  /** Bt d: four values of the input. */
  static void data(long[] from, long[] to, Walk walk) {
    long d0 = from[0];
    long d1 = from[1];
    long d2 = from[2];
    long d3 = from[3];
    long v0 = to[0];
    long v1 = to[1];
    long v2 = to[2];
    long v3 = to[3];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x1 = load(d1 + r);
      FloatVector x2 = load(d2 + r);
      store(load(d0 + r).sub(x2), v0 + w);
      store(x1.add(x2), v1 + w);
      store(x2.sub(x1), v2 + w);
      store(load(d3 + r).sub(x1), v3 + w);
      r += Lanes.BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = walk.from(run);
        w = walk.to(run);
      }
    }
  }

  /** At m: four products to two outputs. */
  static void output(long[] from, long[] to, Walk walk) {
    long m0 = from[0];
    long m1 = from[1];
    long m2 = from[2];
    long m3 = from[3];
    long y0 = to[0];
    long y1 = to[1];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x1 = load(m1 + r);
      FloatVector x2 = load(m2 + r);
      store(load(m0 + r).add(x1).add(x2), y0 + w);
      store(load(m3 + r).add(x1.sub(x2)), y1 + w);
      r += Lanes.BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = walk.from(run);
        w = walk.to(run);
      }
    }
  }

  /** A y: two values of the output's gradient. */
  static void gradient(long[] from, long[] to, Walk walk) {
    long y0 = from[0];
    long y1 = from[1];
    long z0 = to[0];
    long z1 = to[1];
    long z2 = to[2];
    long z3 = to[3];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x0 = load(y0 + r);
      FloatVector x1 = load(y1 + r);
      store(x0, z0 + w);
      store(x0.add(x1), z1 + w);
      store(x0.sub(x1), z2 + w);
      store(x1, z3 + w);
      r += Lanes.BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = walk.from(run);
        w = walk.to(run);
      }
    }
  }

  /** G w: three weights. */
  static void filter(long[] from, long[] to, Walk walk) {
    long w0 = from[0];
    long w1 = from[1];
    long w2 = from[2];
    long u0 = to[0];
    long u1 = to[1];
    long u2 = to[2];
    long u3 = to[3];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x0 = load(w0 + r);
      FloatVector x2 = load(w2 + r);
      FloatVector even = x0.add(x2).mul(HALF);
      FloatVector odd = load(w1 + r).mul(HALF);
      store(x0, u0 + w);
      store(even.add(odd), u1 + w);
      store(even.sub(odd), u2 + w);
      store(x2, u3 + w);
      r += Lanes.BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = walk.from(run);
        w = walk.to(run);
      }
    }
  }

  /** Gt u: four gradients by products to those of three weights. */
  static void filterGradient(long[] from, long[] to, Walk walk) {
    long u0 = from[0];
    long u1 = from[1];
    long u2 = from[2];
    long u3 = from[3];
    long w0 = to[0];
    long w1 = to[1];
    long w2 = to[2];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x1 = load(u1 + r);
      FloatVector x2 = load(u2 + r);
      FloatVector even = x1.add(x2).mul(HALF);
      store(load(u0 + r).add(even), w0 + w);
      store(x1.sub(x2).mul(HALF), w1 + w);
      store(load(u3 + r).add(even), w2 + w);
      r += Lanes.BYTES;
      w += Lanes.BYTES;
      if (--inRun == 0) {
        inRun = walk.vectors();
        run++;
        r = walk.from(run);
        w = walk.to(run);
      }
    }
  }
}
