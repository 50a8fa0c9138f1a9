package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt at a task in a line, by its newest word.
 *
 * @param attempt its number, from 1
 * @param worker who
 * @param phase where it stands, by itself: one that was killed goes on saying {@code running}
 * @param heard when it said so
 * @param progress how far it was
 * @param checkpoint the newest checkpoint that it knew of; absent before the first
 * @param trouble why it stopped, or what it waits for; absent when it got on
 */
public record AttemptLine(
    int attempt,
    String worker,
    Phase phase,
    Instant heard,
    Progress progress,
    Optional<Digest> checkpoint,
    Optional<String> trouble) {
  /** The attempt whose newest word is {@code word}. */
  public static AttemptLine of(AttemptReported word) {
    return new AttemptLine(
        word.attempt(),
        word.worker(),
        word.phase(),
        word.at(),
        word.progress(),
        word.checkpoint(),
        word.failure().map(Failure::message));
  }
}
