package dev.espalier.compute.bench;

import dev.espalier.compute.network.MultiplyAdds;

/**
 * What a machine can do with a {@link Load}.
 *
 * @param training images a second of training steps: forward, backward and update
 * @param evaluation images a second of evaluation
 * @param product operations a second of products of 2048 × 2048 matrices in the precision of the
 *     load, on as many threads: two for each multiply-add
 * @param peakShare the share of these that training reaches, counted as {@link MultiplyAdds} does:
 *     the median of rounds in which both were measured one after the other
 * @param peakMemory the most memory that the process has held for training and evaluation, in MiB
 * @param processor the kind of processor
 */
public record Findings(
    Speed training,
    Speed evaluation,
    Speed product,
    double peakShare,
    double peakMemory,
    String processor) {}
