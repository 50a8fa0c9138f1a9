package dev.espalier.compute.onednn;

import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Noise;
import java.util.List;

/**
 * What compiling gives.
 *
 * @param training the kernels of a forward pass with batch statistics
 * @param evaluation the kernels of a forward pass with running statistics
 * @param backward the kernels from the loss's gradient to those of all parameters
 * @param images where the images go, (batch, channels, rows, columns), channels last
 * @param features where the head's input lies, (batch, features)
 * @param logits where the scores lie, (batch, classes)
 * @param lossGradient where the loss's gradient by the logits goes, (batch, classes)
 * @param batchStatistics the mean and biased variance of the last batch, laid out as the running
 *     statistics
 * @param noises what the kernels draw their noise from
 */
record CompiledNetwork(
    List<Kernel> training,
    List<Kernel> evaluation,
    List<Kernel> backward,
    Tensor images,
    Tensor features,
    Tensor logits,
    Tensor lossGradient,
    NativeArray batchStatistics,
    List<Noise> noises) {}
