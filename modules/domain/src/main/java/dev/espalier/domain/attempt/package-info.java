/**
 * Whose a task is: what the log says of its attempts, and what a worker that is handed the task
 * does by that.
 *
 * <p>Pure: how the log is read and written, and how an older attempt is fenced, belongs to {@code
 * kafka}. Read {@link dev.espalier.domain.attempt.Claiming} first.
 */
@NullMarked
package dev.espalier.domain.attempt;

import org.jspecify.annotations.NullMarked;
