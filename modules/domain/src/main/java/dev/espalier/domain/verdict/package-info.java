/**
 * Holds a study against what Caron et al. 2020 concluded: each conclusion as a claim about numbers,
 * with its statistic and what this study says of it.
 *
 * <p>How sentences and tables are written does not belong here. Read {@link
 * dev.espalier.domain.verdict.Verdicts} first.
 */
@NullMarked
package dev.espalier.domain.verdict;

import org.jspecify.annotations.NullMarked;
