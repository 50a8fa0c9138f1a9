/**
 * Judges frozen features: linear classifiers learn labels from what a network gives at its end or
 * at one of its modules, or neighbours tell them.
 *
 * <p>Training the network itself belongs to {@code train}. Read {@link
 * dev.espalier.compute.probe.LinearProbe} first.
 */
@NullMarked
package dev.espalier.compute.probe;

import org.jspecify.annotations.NullMarked;
