/**
 * What a study found: accuracies by arm and density, with their spread, and what follows from them.
 *
 * <p>Files, tables and plots are drawn elsewhere. Read {@link dev.espalier.domain.report.Report}
 * first.
 */
@NullMarked
package dev.espalier.domain.report;

import org.jspecify.annotations.NullMarked;
