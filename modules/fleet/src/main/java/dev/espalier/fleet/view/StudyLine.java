package dev.espalier.fleet.view;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Spending;
import dev.espalier.domain.study.StudyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A study in a line.
 *
 * @param id its name by digest
 * @param name what a person calls it
 * @param status where it stands
 * @param submitted when it was last wished for
 * @param priority absent where it takes its turn with the others
 * @param budget what it may take; absent where as much as it needs
 * @param spending what it took of that so far
 * @param spent which part of its budget ended it; absent while none has
 * @param tasks how many tasks it has
 * @param completed how many of them are done
 * @param failed how many ended without a result
 * @param running how many are worked on
 * @param rounds how many prune tasks it has
 * @param roundsCompleted how many of them are done
 * @param left the time that it will still take; absent while nobody knows, and when it is over
 */
public record StudyLine(
    StudyId id,
    String name,
    Status status,
    Instant submitted,
    Optional<Priority> priority,
    Optional<Budget> budget,
    Spending spending,
    Optional<Budget.Limit> spent,
    int tasks,
    int completed,
    int failed,
    int running,
    int rounds,
    int roundsCompleted,
    Optional<Duration> left) {}
