/**
 * What a study leaves on disk and says at its end: tables, verdicts, a plot and mask files.
 *
 * <p>What a study found is reckoned in {@link dev.espalier.domain.report.Report}; here it is only
 * written down. Read {@link dev.espalier.cli.report.ReportFiles} first.
 */
@NullMarked
package dev.espalier.cli.report;

import org.jspecify.annotations.NullMarked;
