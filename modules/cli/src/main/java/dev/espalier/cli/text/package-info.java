/**
 * How figures and rows are written for people, the same on the terminal, in reports and in plots.
 *
 * <p>What the figures mean does not belong here. Read {@link dev.espalier.cli.text.Figures} first.
 */
@NullMarked
package dev.espalier.cli.text;

import org.jspecify.annotations.NullMarked;
