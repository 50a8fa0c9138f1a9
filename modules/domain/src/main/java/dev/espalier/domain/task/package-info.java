/**
 * The work that a study expands to, and how a piece of work ends.
 *
 * <p>Who does it, and how often it is tried, is the fleet's business. Read {@link
 * dev.espalier.domain.task.Task} first.
 */
@NullMarked
package dev.espalier.domain.task;

import org.jspecify.annotations.NullMarked;
