package dev.espalier.cli.session;

import dev.espalier.cli.progress.StudyProgress;
import dev.espalier.domain.report.Report;
import java.time.Instant;
import java.util.Optional;

/** Who is told how a study goes. Called by the thread that runs it. */
public interface Watcher {

  /**
   * The work goes on.
   *
   * @param here whether in this process
   * @param page the address that shows it, where one is known
   */
  void began(boolean here, Optional<String> page);

  /** The study is so far at {@code now}. */
  void progressed(StudyProgress progress, Instant now);

  /**
   * Nothing is left to do.
   *
   * @param report what was found
   * @param before whether that was known before anything was begun
   */
  void ended(Report report, boolean before);

  /** Something that a person should know. */
  void said(String sentence);
}
