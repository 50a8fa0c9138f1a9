/**
 * Carries studies out in this process: hosts the log and the roles, or joins the process that
 * already does.
 *
 * <p>How progress and results look does not belong here. Read {@link
 * dev.espalier.cli.session.StudyRun} first.
 */
@NullMarked
package dev.espalier.cli.session;

import org.jspecify.annotations.NullMarked;
