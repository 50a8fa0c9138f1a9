package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import java.util.Optional;

/**
 * What the bits of a result depend on besides the task: recorded with each outcome, never part of a
 * name.
 *
 * @param provider the kernel provider: {@code onednn}, {@code nd4j}
 * @param processor the kind of processor
 * @param threads threads that a step uses, at least 1
 * @param build the version of Espalier
 * @param mixed whether the task was resumed under other numerics than it began with
 * @param primitives the table that says which of the provider's implementations compute which
 *     layer; absent where the provider decides
 */
public record Numerics(
    String provider,
    String processor,
    int threads,
    String build,
    boolean mixed,
    Optional<Digest> primitives) {}
