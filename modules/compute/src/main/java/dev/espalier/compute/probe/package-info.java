/**
 * Judges frozen features: a linear classifier learns labels from what a network's last layer reads.
 *
 * <p>Training the network itself belongs to {@code train}. Read {@link
 * dev.espalier.compute.probe.LinearProbe} first.
 */
@NullMarked
package dev.espalier.compute.probe;

import org.jspecify.annotations.NullMarked;
