package dev.espalier.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.SentEvent;
import dev.espalier.cli.screen.StudyText;
import dev.espalier.cli.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Prints a line when something of any study has ended, but at most every five seconds of each. */
final class FleetLines implements View {
  private static final Duration SOONEST = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Map<String, Printed> printed = new HashMap<>();
  private boolean heard = true;

  /** What was printed of a study, and when. */
  private record Printed(String standing, Instant at) {}

  FleetLines(PrintStream out) {
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
    seen.studies().forEach(line -> turn(line, now));
    out.flush();
  }

  private void turn(JsonNode line, Instant now) {
    String standing =
        line.path("status") + " " + line.path("completed") + " " + line.path("failed");
    Printed last = printed.getOrDefault(line.path("id").asText(), new Printed("", Instant.EPOCH));
    if (!last.standing().equals(standing) && !now.isBefore(last.at().plus(SOONEST))) {
      printed.put(line.path("id").asText(), new Printed(standing, now));
      out.println(Printable.of(StudyText.named(line)));
    }
  }

  @Override
  public void end(Seen seen) {}
}
