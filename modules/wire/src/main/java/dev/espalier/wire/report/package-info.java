/**
 * A study's report as JSON, the same in a file and over HTTP.
 *
 * <p>What a study found is reckoned in {@link dev.espalier.domain.report.Report}; tables and plots
 * are drawn elsewhere. Read {@link dev.espalier.wire.report.ReportJson} first.
 */
@NullMarked
package dev.espalier.wire.report;

import org.jspecify.annotations.NullMarked;
