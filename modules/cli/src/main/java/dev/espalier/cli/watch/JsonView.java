package dev.espalier.cli.watch;

import dev.espalier.cli.client.SentEvent;
import java.io.PrintStream;
import java.time.Instant;

/** Prints each event as it comes: {@code {"event":"study","id":"…","data":{…}}}, one a line. */
final class JsonView implements View {
  private final PrintStream out;

  JsonView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void heard(SentEvent event) {
    // Names and ids are of letters, digits and punctuation that JSON takes as it is.
    out.printf(
        "{\"event\":\"%s\",\"id\":\"%s\",\"data\":%s}%n",
        event.name(), event.id(), event.data().replace('\n', ' '));
    out.flush();
  }

  @Override
  public void turn(Seen seen, boolean connected, Instant now) {}

  @Override
  public void end(Seen seen) {}
}
