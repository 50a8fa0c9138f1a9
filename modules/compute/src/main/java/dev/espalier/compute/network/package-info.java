/**
 * What a network is made of: its layers, how they are joined, and what they are called.
 *
 * <p>No numbers belong here, neither weights nor how they are computed with: see {@code plan}. Read
 * {@link dev.espalier.compute.network.Architecture} first.
 */
@NullMarked
package dev.espalier.compute.network;

import org.jspecify.annotations.NullMarked;
