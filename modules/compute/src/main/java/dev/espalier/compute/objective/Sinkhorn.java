package dev.espalier.compute.objective;

import java.util.Arrays;

/**
 * Codes that share samples out evenly among prototypes, by the iterations of Sinkhorn and Knopp as
 * Cuturi 2013 has them (Caron et al. 2020, "Unsupervised learning of visual features by contrasting
 * cluster assignments", §3.1).
 *
 * @param epsilon ε, above 0: the smaller it is, the sharper are the codes
 * @param iterations how often the prototypes, then the samples are scaled
 */
record Sinkhorn(double epsilon, int iterations) {
  /**
   * Scales e^(score ÷ ε) so that every prototype gets samples ÷ prototypes in all, and each sample
   * gives 1: the latter exactly, the former the better the more iterations there are.
   *
   * @param scores (samples, prototypes)
   * @param prototypes how many there are
   * @return (samples, prototypes)
   */
  double[] codes(double[] scores, int prototypes) {
    int samples = scores.length / prototypes;
    double[] codes = exponentials(scores);
    double[] sums = new double[prototypes];
    for (int i = 0; i < iterations; i++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < codes.length; k++) {
        sums[k % prototypes] += codes[k];
      }
      for (int k = 0; k < codes.length; k++) {
        codes[k] *= (double) samples / prototypes / sums[k % prototypes];
      }
      for (int sample = 0; sample < samples; sample++) {
        scaleToOne(codes, sample * prototypes, prototypes);
      }
    }
    return codes;
  }

  /** All divided by the largest, so that none is too large to be told. */
  private double[] exponentials(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double[] exponentials = new double[scores.length];
    for (int k = 0; k < scores.length; k++) {
      exponentials[k] = StrictMath.exp((scores[k] - largest) / epsilon);
    }
    return exponentials;
  }

  private static void scaleToOne(double[] codes, int at, int count) {
    double sum = 0;
    for (int k = at; k < at + count; k++) {
      sum += codes[k];
    }
    for (int k = at; k < at + count; k++) {
      codes[k] /= sum;
    }
  }
}
