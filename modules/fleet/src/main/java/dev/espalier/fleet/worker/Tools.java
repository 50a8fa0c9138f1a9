package dev.espalier.fleet.worker;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Naming;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * What the roles work with.
 *
 * @param bench where tasks are worked on
 * @param artifacts where they find and leave what is too big for the log
 * @param naming how studies and tasks get their names
 * @param pinning pins data to the digest of the images that are here; throws {@link
 *     IllegalArgumentException} with a sentence for a person when they are not
 * @param clock what dates events
 */
public record Tools(
    Bench bench,
    Artifacts artifacts,
    Naming naming,
    UnaryOperator<DataSpec> pinning,
    Clock clock) {}
