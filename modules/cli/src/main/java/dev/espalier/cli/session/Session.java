package dev.espalier.cli.session;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.kafka.DirectoryInUseException;
import java.time.Instant;
import java.util.Optional;

/** This process's part in the work on the studies of a folder. */
sealed interface Session extends AutoCloseable permits Host, Guest {

  /**
   * Hosts the log of the folder, or joins the process that does.
   *
   * @param now the time
   * @return empty when that process ended meanwhile: try again
   */
  static Optional<Session> open(Settings settings, Instant now) {
    try {
      return Optional.of(Host.open(settings, now));
    } catch (DirectoryInUseException e) {
      return Guest.join(settings).map(guest -> guest);
    }
  }

  /** What was on the log when the session began. */
  Standings known();

  /** Starts what makes studies go on, and shows how. */
  Board work();

  /** Where the page is shown; empty when that is not known. */
  Optional<String> page();

  /** Puts {@code event} on the log. */
  void publish(Event event);

  /** Whether this process hosts the log and computes. */
  boolean hosts();

  /**
   * Whether the host of the work has gone, so that another session must be opened.
   *
   * @throws IllegalStateException when it is this process that is unwell
   */
  boolean isLost();

  /** Stops what was started, in an orderly way. */
  @Override
  void close();
}
