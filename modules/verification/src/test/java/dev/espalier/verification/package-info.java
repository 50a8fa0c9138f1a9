/**
 * What holds across modules: architecture rules, and the whole system from end to end.
 *
 * <p>What a single module promises is tested in that module. Read {@link
 * dev.espalier.verification.ArchitectureTest} first.
 */
@NullMarked
package dev.espalier.verification;

import org.jspecify.annotations.NullMarked;
