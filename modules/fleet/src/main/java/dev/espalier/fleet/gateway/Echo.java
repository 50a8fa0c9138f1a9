package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.fleet.aggregator.Board;
import java.time.Duration;
import java.util.Optional;

/** Waits until the board shows what was written, so that whoever wrote it finds it there. */
final class Echo {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private Echo() {}

  /**
   * What the board shows once {@code wished} is on it, or a later wish for the study; what it shows
   * by then, when that takes longer than two seconds or it has not caught up with the log yet.
   *
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  static Board.View of(Board board, StudyWished wished) throws InterruptedException {
    Duration limit = board.view().complete() ? LIMIT : Duration.ZERO;
    return board.await(view -> shows(view, wished), limit).orElseGet(board::view);
  }

  private static boolean shows(Board.View view, StudyWished wished) {
    return Optional.ofNullable(view.standings().studies().get(wished.study()))
        .filter(shown -> !shown.at().isBefore(wished.at()))
        .isPresent();
  }
}
