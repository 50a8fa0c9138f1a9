/**
 * Draws figures that stand alone: as SVG, without script or font, and as PNG.
 *
 * <p>What is drawn is decided by the report; what a study found does not belong here. Read {@link
 * dev.espalier.cli.plot.Drawing} first.
 */
@NullMarked
package dev.espalier.cli.plot;

import org.jspecify.annotations.NullMarked;
