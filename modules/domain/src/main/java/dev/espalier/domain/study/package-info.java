/**
 * What a user asks for: networks, data, objectives, recipes and evaluations, validated at
 * construction.
 *
 * <p>How a study becomes tasks is {@link dev.espalier.domain.task.TaskGraph}'s business. Read
 * {@link dev.espalier.domain.study.Study} first.
 */
@NullMarked
package dev.espalier.domain.study;

import org.jspecify.annotations.NullMarked;
