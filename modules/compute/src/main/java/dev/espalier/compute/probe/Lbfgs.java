package dev.espalier.compute.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by the limited-memory method of Broyden, Fletcher, Goldfarb and
 * Shanno (Nocedal and Wright 2006, algorithm 7.5), with steps halved until they lower the function
 * enough (Armijo's rule). Deterministic.
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final int MOST_HALVINGS = 30;

  private final Objective objective;
  private final Deque<Pair> pairs = new ArrayDeque<>(); // the newest first
  private double[] point;
  private double[] gradient;
  private double value;

  private Lbfgs(Objective objective, int size) {
    this.objective = objective;
    this.point = new double[size];
    this.gradient = new double[size];
    this.value = objective.valueAt(point, gradient);
  }

  /** What is minimised. */
  @FunctionalInterface
  interface Objective {
    /** The value at {@code point}; writes the gradient there into {@code gradient}. */
    double valueAt(double[] point, double[] gradient);
  }

  /**
   * A point where the gradient is small, found from the origin.
   *
   * @param size the number of variables
   * @param iterations how many steps at most
   * @param tolerance the greatest slope at which the search ends
   */
  static double[] minimise(Objective objective, int size, int iterations, double tolerance) {
    Lbfgs search = new Lbfgs(objective, size);
    boolean better = true;
    for (int i = 0; i < iterations && better && search.steepest() > tolerance; i++) {
      better = search.step();
    }
    return search.point;
  }

  private double steepest() {
    double most = 0;
    for (double slope : gradient) {
      most = Math.max(most, Math.abs(slope));
    }
    return most;
  }

  /** One step down; false when no step leads down any more. */
  private boolean step() {
    double[] direction = direction();
    double slope = product(direction, gradient);
    double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    double[] next = new double[point.length];
    double[] nextGradient = new double[point.length];
    for (int i = 0; i < MOST_HALVINGS; i++, length /= 2) {
      for (int j = 0; j < next.length; j++) {
        next[j] = point[j] + length * direction[j];
      }
      double nextValue = objective.valueAt(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * length * slope) {
        remember(Pair.of(difference(next, point), difference(nextGradient, gradient)));
        point = next;
        gradient = nextGradient;
        value = nextValue;
        return true;
      }
    }
    return false;
  }

  /** Minus the inverse Hessian, as the remembered steps suggest it, times the gradient. */
  private double[] direction() {
    double[] direction = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = product(pair.step, direction) / pair.curvature;
      addScaled(-alphas[i++], pair.change, direction);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      scale(newest.curvature / product(newest.change, newest.change), direction);
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      double beta = product(pair.change, direction) / pair.curvature;
      addScaled(alphas[--i] - beta, pair.step, direction);
    }
    scale(-1, direction);
    return direction;
  }

  /** Keeps a pair, unless it has no curvature to tell of. */
  private void remember(Pair pair) {
    if (pair.curvature > 0) {
      pairs.addFirst(pair);
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static void scale(double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** A step that was taken, how the gradient changed over it, and the product of both. */
  private static final class Pair {
    private final double[] step;
    private final double[] change;
    private final double curvature;

    private Pair(double[] step, double[] change, double curvature) {
      this.step = step;
      this.change = change;
      this.curvature = curvature;
    }

    static Pair of(double[] step, double[] change) {
      return new Pair(step, change, product(step, change));
    }
  }
}
