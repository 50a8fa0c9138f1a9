package dev.espalier.cli.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.client.Following;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.GatewayException;
import dev.espalier.cli.client.SentEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows one study of a gateway until it is over, or all of them until told to stop. */
public final class Watching {
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Set<String> OVER =
      Set.of("completed", "failed", "cancelled", "budget spent");
  private static final JsonMapper JSON = new JsonMapper();

  private final Gateway gateway;
  private final PrintStream out;
  private final InstantSource clock;
  private final View view;
  private final Optional<String> study;
  private final String shown;
  private final Seen seen = new Seen();

  /** How what is seen is shown. */
  public enum Manner {
    /** Redrawn in a terminal. */
    LIVE,
    /** A line when something has changed. */
    LINES,
    /** Each event as JSON. */
    JSON
  }

  /**
   * A way to watch.
   *
   * @param study the digest of the study that is followed; absent for all
   * @param more names of events that are wanted beside those that tell how studies go
   * @param out where it is shown
   */
  public Watching(
      Gateway gateway,
      Optional<String> study,
      List<String> more,
      Manner manner,
      PrintStream out,
      InstantSource clock) {
    this.gateway = gateway;
    this.study = study;
    this.shown =
        Stream.concat(Stream.of(study.isPresent() ? "study" : "overview"), more.stream())
            .distinct()
            .collect(Collectors.joining(","));
    this.out = out;
    this.clock = clock;
    this.view =
        switch (manner) {
          case LIVE -> new LiveView(gateway, out);
          case LINES -> study.isPresent() ? new StudyLines(out) : new FleetLines(out);
          case JSON -> new JsonView(out);
        };
  }

  /**
   * Watches until the study is over, or nobody reads what is shown.
   *
   * @return where the study stands then; absent where nobody reads on
   * @throws GatewayException when the gateway stays away for five minutes
   */
  public Optional<String> run() {
    try (Following events = Following.open(gateway, path())) {
      while (!out.checkError()) {
        events.next(TURN).ifPresent(this::hear);
        if (study.isPresent() && seen.status().filter(OVER::contains).isPresent()) {
          view.end(seen);
          return seen.status();
        }
        view.turn(seen, events.isConnected(), clock.instant());
      }
      return Optional.empty();
    }
  }

  private String path() {
    String only = study.map(id -> "&study=" + Gateway.escaped(id)).orElse("");
    return "/api/events?show=" + Gateway.escaped(shown) + only;
  }

  private void hear(SentEvent event) {
    try {
      seen.hear(event.name(), JSON.readTree(event.data()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "expected JSON in the event %s %s of %s"
              .formatted(event.name(), event.id(), gateway.address()),
          e);
    }
    view.heard(event);
  }
}
