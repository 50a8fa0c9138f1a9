package dev.espalier.fleet.view;

import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A task in a line.
 *
 * @param id its name by digest
 * @param title what it does, in words
 * @param kind {@code prune}, {@code score}, {@code cut} or {@code evaluate}
 * @param state where it stands
 * @param worker who works on it; absent when nobody does
 * @param heard when that worker last said so: it is silent since; absent when nobody does
 * @param attempt the number of its newest attempt; 0 before the first
 * @param progress how far that is
 * @param trouble what its newest attempt waits for, or why it stopped; absent when it gets on
 * @param accuracy the newest test accuracy, 0 to 1; absent before the first
 * @param density the part of the prunable weights that it trains, 0 to 1; absent before it said so
 */
public record TaskLine(
    TaskId id,
    String title,
    String kind,
    TaskStanding.State state,
    Optional<String> worker,
    Optional<Instant> heard,
    int attempt,
    Progress progress,
    Optional<String> trouble,
    Optional<Double> accuracy,
    Optional<Double> density) {}
