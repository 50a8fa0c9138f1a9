/**
 * Where masks, weights and figures come from, and whether what is there still is what was found.
 *
 * <p>Deriving them again belongs to who can compute. Read {@link
 * dev.espalier.domain.provenance.Origin} first.
 */
@NullMarked
package dev.espalier.domain.provenance;

import org.jspecify.annotations.NullMarked;
