/**
 * Shows a running study: a small block that is redrawn in a terminal, plain lines elsewhere.
 *
 * <p>How the events of a study reach this process does not belong here. Read {@link
 * dev.espalier.cli.progress.StudyProgress} first.
 */
@NullMarked
package dev.espalier.cli.progress;

import org.jspecify.annotations.NullMarked;
