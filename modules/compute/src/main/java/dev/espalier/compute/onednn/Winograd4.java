package dev.espalier.compute.onednn;

import static dev.espalier.compute.onednn.Lanes.load;
import static dev.espalier.compute.onednn.Lanes.store;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * The lines of F(4 x 4, 3 x 3): 36 products for 16 outputs, after Lavin and Gray, "Fast Algorithms
 * for Convolutional Neural Networks", 2015, with the matrices of Toom and Cook at the points 0, ±a,
 * ±b and infinity. With a = 3/4 and b = 3/2, whose powers float32 holds exactly, the error is twice
 * that of a direct float32 convolution; with the customary 1 and 2 it is four times that.
 */
final class Winograd4 {
  private static final float A = 0.75f;
  private static final float B = 1.5f;
  private static final float A2 = A * A;
  private static final float B2 = B * B;
  private static final float A3 = A2 * A;
  private static final float B3 = B2 * B;
  private static final float AT_0 = 1 / (A2 * B2);
  private static final float AT_A = 1 / (2 * A2 * (A2 - B2));
  private static final float AT_B = 1 / (2 * B2 * (B2 - A2));

  private Winograd4() {}

  /** Bt d: six values of the input. */
  static void data(long[] from, long[] to, Walk walk) {
    long d0 = from[0];
    long d1 = from[1];
    long d2 = from[2];
    long d3 = from[3];
    long d4 = from[4];
    long d5 = from[5];
    long v0 = to[0];
    long v1 = to[1];
    long v2 = to[2];
    long v3 = to[3];
    long v4 = to[4];
    long v5 = to[5];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x2 = load(d2 + r);
      FloatVector x4 = load(d4 + r);
      FloatVector sum = x2.lanewise(FMA, -(A2 + B2), x4);
      store(load(d0 + r).lanewise(FMA, A2 * B2, sum), v0 + w);
      FloatVector x1 = load(d1 + r);
      FloatVector x3 = load(d3 + r);
      FloatVector even = x2.lanewise(FMA, -B2, x4);
      FloatVector odd = x1.lanewise(FMA, -A * B2, x3.mul(A));
      store(even.add(odd), v1 + w);
      store(even.sub(odd), v2 + w);
      even = x2.lanewise(FMA, -A2, x4);
      odd = x1.lanewise(FMA, -B * A2, x3.mul(B));
      store(even.add(odd), v3 + w);
      store(even.sub(odd), v4 + w);
      sum = x3.lanewise(FMA, -(A2 + B2), load(d5 + r));
      store(x1.lanewise(FMA, A2 * B2, sum), v5 + w);
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

  /** At m: six products to four outputs. */
  static void output(long[] from, long[] to, Walk walk) {
    long m0 = from[0];
    long m1 = from[1];
    long m2 = from[2];
    long m3 = from[3];
    long m4 = from[4];
    long m5 = from[5];
    long y0 = to[0];
    long y1 = to[1];
    long y2 = to[2];
    long y3 = to[3];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x1 = load(m1 + r);
      FloatVector x2 = load(m2 + r);
      FloatVector x3 = load(m3 + r);
      FloatVector x4 = load(m4 + r);
      FloatVector evenA = x1.add(x2);
      FloatVector evenB = x3.add(x4);
      FloatVector oddA = x1.sub(x2);
      FloatVector oddB = x3.sub(x4);
      store(load(m0 + r).add(evenA).add(evenB), y0 + w);
      store(oddA.lanewise(FMA, A, oddB.mul(B)), y1 + w);
      store(evenA.lanewise(FMA, A2, evenB.mul(B2)), y2 + w);
      store(oddA.lanewise(FMA, A3, oddB.lanewise(FMA, B3, load(m5 + r))), y3 + w);
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

  /** A y: four values of the output's gradient. */
  static void gradient(long[] from, long[] to, Walk walk) {
    long y0 = from[0];
    long y1 = from[1];
    long y2 = from[2];
    long y3 = from[3];
    long z0 = to[0];
    long z1 = to[1];
    long z2 = to[2];
    long z3 = to[3];
    long z4 = to[4];
    long z5 = to[5];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x0 = load(y0 + r);
      FloatVector x1 = load(y1 + r);
      FloatVector x2 = load(y2 + r);
      FloatVector x3 = load(y3 + r);
      store(x0, z0 + w);
      FloatVector even = x2.lanewise(FMA, A2, x0);
      FloatVector odd = x3.lanewise(FMA, A3, x1.mul(A));
      store(even.add(odd), z1 + w);
      store(even.sub(odd), z2 + w);
      even = x2.lanewise(FMA, B2, x0);
      odd = x3.lanewise(FMA, B3, x1.mul(B));
      store(even.add(odd), z3 + w);
      store(even.sub(odd), z4 + w);
      store(x3, z5 + w);
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
    long u4 = to[4];
    long u5 = to[5];
    int run = 0;
    int inRun = walk.vectors();
    long r = walk.from(0);
    long w = walk.to(0);
    for (int left = walk.total(); left > 0; left--) {
      FloatVector x0 = load(w0 + r);
      FloatVector x1 = load(w1 + r);
      FloatVector x2 = load(w2 + r);
      store(x0.mul(AT_0), u0 + w);
      FloatVector even = x2.lanewise(FMA, A2 * AT_A, x0.mul(AT_A));
      FloatVector odd = x1.mul(A * AT_A);
      store(even.add(odd), u1 + w);
      store(even.sub(odd), u2 + w);
      even = x2.lanewise(FMA, B2 * AT_B, x0.mul(AT_B));
      odd = x1.mul(B * AT_B);
      store(even.add(odd), u3 + w);
      store(even.sub(odd), u4 + w);
      store(x2, u5 + w);
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

  /** Gt u: six gradients by products to those of three weights. */
  static void filterGradient(long[] from, long[] to, Walk walk) {
    long u0 = from[0];
    long u1 = from[1];
    long u2 = from[2];
    long u3 = from[3];
    long u4 = from[4];
    long u5 = from[5];
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
      FloatVector x3 = load(u3 + r);
      FloatVector x4 = load(u4 + r);
      FloatVector evenA = x1.add(x2).mul(AT_A);
      FloatVector evenB = x3.add(x4).mul(AT_B);
      store(load(u0 + r).lanewise(FMA, AT_0, evenA.add(evenB)), w0 + w);
      FloatVector oddA = x1.sub(x2).mul(A * AT_A);
      store(x3.sub(x4).lanewise(FMA, B * AT_B, oddA), w1 + w);
      FloatVector squares = evenA.lanewise(FMA, A2, evenB.mul(B2));
      store(load(u5 + r).add(squares), w2 + w);
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
