package dev.espalier.fleet.view;

import dev.espalier.domain.study.StudyId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the tasks of all studies, ordered by study, then as in its graph: the same whatever
 * becomes known meanwhile.
 *
 * @param study the study
 * @param task how many of its tasks lie before
 */
record TaskPlace(StudyId study, int task) {
  private static final Pattern FORM = Pattern.compile("(sha256:[0-9a-f]{64}) ([0-9]{1,9})");

  /**
   * The place that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  static TaskPlace parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("expected a study and a number, got " + text);
    }
    return new TaskPlace(StudyId.parse(form.group(1)), Integer.parseInt(form.group(2)));
  }

  @Override
  public String toString() {
    return study + " " + task;
  }
}
