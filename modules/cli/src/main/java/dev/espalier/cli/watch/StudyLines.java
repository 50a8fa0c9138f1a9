package dev.espalier.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.SentEvent;
import dev.espalier.cli.screen.StudyText;
import dev.espalier.cli.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Prints a line when something of a study has ended, but at most every five seconds, and otherwise
 * twice a minute.
 */
final class StudyLines implements View {
  private static final Duration SOONEST = Duration.ofSeconds(5);
  private static final Duration LATEST = Duration.ofSeconds(30);

  private final PrintStream out;
  private Instant printed = Instant.MIN;
  private String standing = "";
  private boolean heard = true;

  StudyLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void heard(SentEvent event) {}

  @Override
  public void turn(Seen seen, boolean connected, Instant now) {
    if (connected != heard) {
      heard = connected;
      out.println(connected ? "the gateway is back" : "the gateway is away; it is tried again");
    }
    seen.study().ifPresent(study -> turn(study, now));
  }

  private void turn(JsonNode study, Instant now) {
    Duration wait = ended(study).equals(standing) ? LATEST : SOONEST;
    if (printed.equals(Instant.MIN) || !now.isBefore(printed.plus(wait))) {
      printed = now;
      standing = ended(study);
      print(StudyText.brief(study));
    }
  }

  /** What changes when something ends. */
  private static String ended(JsonNode study) {
    JsonNode line = study.path("line");
    return line.path("status") + " " + line.path("completed") + " " + line.path("failed");
  }

  private void print(String line) {
    out.println(Printable.of(line));
    out.flush();
  }

  @Override
  public void end(Seen seen) {
    seen.study().ifPresent(study -> StudyText.whole(study).forEach(this::print));
  }
}
