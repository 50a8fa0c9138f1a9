package dev.espalier.domain.task;

/**
 * What the bits of a result depend on besides the task: recorded with each outcome, never part of a
 * name.
 *
 * @param provider the kernel provider: {@code onednn}, {@code nd4j}
 * @param processor the kind of processor
 * @param threads threads that a step uses, at least 1
 * @param build the version of Espalier
 * @param mixed whether the task was resumed under other numerics than it began with
 */
public record Numerics(
    String provider, String processor, int threads, String build, boolean mixed) {}
