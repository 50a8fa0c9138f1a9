/**
 * Studies, tasks and curves of a gateway as lines of text, and a block of such lines that is
 * redrawn in place.
 *
 * <p>How they reach this process does not belong here, see {@code client}. Read {@link
 * dev.espalier.cli.screen.StudyText} first.
 */
@NullMarked
package dev.espalier.cli.screen;

import org.jspecify.annotations.NullMarked;
