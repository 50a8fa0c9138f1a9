/**
 * What a network is computed with: its parameters in flat buffers, and the plan that runs a
 * training step or an evaluation on them.
 *
 * <p>How a device does it belongs to its provider's package; what to train on, for how long and
 * what to prune belongs to nobody here. Read {@link dev.espalier.compute.plan.Plan} first.
 */
@NullMarked
package dev.espalier.compute.plan;

import org.jspecify.annotations.NullMarked;
