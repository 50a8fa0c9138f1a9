package dev.espalier.cli.watch;

import dev.espalier.cli.client.SentEvent;
import java.time.Instant;

/** Who shows what is seen. */
sealed interface View permits JsonView, StudyLines, FleetLines, LiveView {

  /** An event came; what it says is taken in already. */
  void heard(SentEvent event);

  /**
   * Shows what it is time to show.
   *
   * @param connected whether the gateway can be heard
   */
  void turn(Seen seen, boolean connected, Instant now);

  /** Shows what is left to show: nothing more will come. */
  void end(Seen seen);
}
