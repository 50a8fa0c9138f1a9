/**
 * Draws accuracy against density as a picture that stands alone: one SVG file, no script, no font
 * of its own.
 *
 * <p>What is drawn is decided by the report; what a study found does not belong here. Read {@link
 * dev.espalier.cli.plot.AccuracyPlot} first.
 */
@NullMarked
package dev.espalier.cli.plot;

import org.jspecify.annotations.NullMarked;
