package dev.espalier.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.GatewayException;
import dev.espalier.cli.client.SentEvent;
import dev.espalier.cli.screen.FleetText;
import dev.espalier.cli.screen.Screen;
import dev.espalier.cli.screen.StudyText;
import dev.espalier.cli.screen.Traces;
import dev.espalier.cli.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Redraws a block of lines in a terminal, at most four times a second. */
final class LiveView implements View {
  private static final Duration FRAME = Duration.ofMillis(250);
  private static final Duration MEASURED = Duration.ofSeconds(2);
  private static final int MOST_HISTORIES = 64;
  private static final int POINTS = 100;

  private final Gateway gateway;
  private final Screen screen;
  private final Traces traces = new Traces();
  private boolean fresh = true;
  private boolean heard = true;
  private Instant drawn = Instant.EPOCH;
  private Instant measured = Instant.EPOCH;
  private int height;

  LiveView(Gateway gateway, PrintStream out) {
    this.gateway = gateway;
    this.screen = new Screen(out);
  }

  @Override
  public void heard(SentEvent event) {
    fresh = true;
  }

  @Override
  public void turn(Seen seen, boolean connected, Instant now) {
    fresh |= connected != heard;
    heard = connected;
    if (fresh && !now.isBefore(drawn.plus(FRAME))) {
      fresh = false;
      drawn = now;
      measure(now);
      draw(seen, connected);
    }
  }

  private void measure(Instant now) {
    if (!now.isBefore(measured.plus(MEASURED))) {
      measured = now;
      height = Screen.height();
    }
  }

  private void draw(Seen seen, boolean connected) {
    List<String> lines = new ArrayList<>();
    seen.study()
        .ifPresentOrElse(
            study -> {
              remember(study.path("active"));
              lines.addAll(StudyText.live(study, traces));
            },
            () -> {
              if (seen.overview().isObject()) {
                lines.addAll(FleetText.live(seen.overview(), seen.studies()));
              }
            });
    if (!connected) {
      lines.add("the gateway is away; it is tried again");
    }
    screen.show(lines.stream().map(Printable::of).toList(), height);
  }

  private void remember(JsonNode active) {
    int asked = 0;
    for (JsonNode task : active) {
      String id = task.path("id").asText();
      if (traces.lacks(id) && asked++ < MOST_HISTORIES) {
        traces.begin(id, history(id));
      }
    }
    traces.add(active);
  }

  private JsonNode history(String task) {
    try {
      return gateway.get("/api/tasks/" + task + "/metrics?points=" + POINTS).path("series");
    } catch (GatewayException e) {
      return MissingNode.getInstance(); // begins now, then
    }
  }

  @Override
  public void end(Seen seen) {
    draw(seen, true);
  }
}
