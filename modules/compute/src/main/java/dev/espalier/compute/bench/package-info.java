/**
 * Measures what a machine can do: how many images a second a network is trained and evaluated on,
 * what share that is of the processor's matrix products, and how long pruning takes.
 *
 * <p>Nothing that is measured here decides how anything is computed: that would change results from
 * run to run. Read {@link dev.espalier.compute.bench.Bench} first.
 */
@NullMarked
package dev.espalier.compute.bench;

import org.jspecify.annotations.NullMarked;
