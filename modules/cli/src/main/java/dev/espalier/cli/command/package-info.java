/**
 * The commands that a person types, their options, and what they answer with.
 *
 * <p>How a study is carried out does not belong here, see {@code session}. Read {@link
 * dev.espalier.cli.command.Commands} first.
 */
@NullMarked
package dev.espalier.cli.command;

import org.jspecify.annotations.NullMarked;
