/**
 * How the answer of {@code espalier bench} is written.
 *
 * <p>Measuring is {@code compute}'s business. Read {@link dev.espalier.cli.bench.BenchReport}
 * first.
 */
@NullMarked
package dev.espalier.cli.bench;

import org.jspecify.annotations.NullMarked;
