/**
 * The {@code espalier} command: composes the roles in one process, shows progress, writes reports.
 *
 * <p>What a role does belongs to {@code fleet}. Read {@link dev.espalier.cli.Espalier} first.
 */
@NullMarked
package dev.espalier.cli;

import org.jspecify.annotations.NullMarked;
