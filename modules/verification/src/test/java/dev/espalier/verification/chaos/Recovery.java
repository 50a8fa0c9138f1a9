package dev.espalier.verification.chaos;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a task went on whose worker was ended under it.
 *
 * @param fault what ended the worker
 * @param until from then until another attempt claimed the task
 * @param lost from the newest checkpoint before, or else the claim, until the end
 */
record Recovery(Fault fault, Duration until, Duration lost) {
  /** Nothing is lost less than nothing: who is told to stop may save after it is told. */
  Recovery {
    lost = lost.isNegative() ? Duration.ZERO : lost;
  }

  /**
   * One for each of {@code struck} that ended a worker under a task, by what the log says; but for
   * those on which it has the word of a process whose clock jumped.
   */
  static List<Recovery> of(List<Struck> struck, Chronicle chronicle) {
    Predicate<AttemptReported> reliable =
        word ->
            struck.stream()
                .noneMatch(one -> one.fault() == Fault.JUMPED && one.isOf(word.worker()));
    return struck.stream()
        .filter(one -> one.role() == Role.WORKER && one.fault().ends())
        .flatMap(
            one ->
                interrupted(one, chronicle)
                    .filter(reliable)
                    .flatMap(claim -> of(one, claim, chronicle, reliable)))
        .toList();
  }

  /** The claims of the process whose attempts were under way when it was struck. */
  private static Stream<AttemptReported> interrupted(Struck struck, Chronicle chronicle) {
    return chronicle
        .all(AttemptReported.class)
        .filter(word -> word.phase() == Phase.CLAIMED && struck.isOf(word.worker()))
        .filter(claim -> claim.at().isBefore(struck.at()) && !isOver(claim, struck, chronicle));
  }

  private static boolean isOver(AttemptReported claim, Struck struck, Chronicle chronicle) {
    boolean ended =
        chronicle
            .all(OutcomePublished.class)
            .anyMatch(end -> end.task().equals(claim.task()) && end.attempt() == claim.attempt());
    return ended
        || words(claim, claim.attempt(), chronicle)
            .filter(word -> word.phase() == Phase.PREEMPTED || word.phase() == Phase.FAILED)
            .anyMatch(word -> word.at().isBefore(struck.at()));
  }

  private static Stream<AttemptReported> words(
      AttemptReported claim, int attempt, Chronicle chronicle) {
    return chronicle
        .all(AttemptReported.class)
        .filter(word -> word.task().equals(claim.task()) && word.attempt() == attempt);
  }

  private static Stream<Recovery> of(
      Struck struck,
      AttemptReported claim,
      Chronicle chronicle,
      Predicate<AttemptReported> reliable) {
    return words(claim, claim.attempt() + 1, chronicle)
        .filter(word -> word.phase() == Phase.CLAIMED && reliable.test(word))
        .map(
            next ->
                new Recovery(
                    struck.fault(),
                    Duration.between(struck.at(), next.at()),
                    Duration.between(savedAt(claim, next, chronicle), struck.at())));
  }

  /** When it first spoke of the checkpoint that the next attempt went on from. */
  private static Instant savedAt(AttemptReported claim, AttemptReported next, Chronicle chronicle) {
    Optional<Instant> saved =
        next.checkpoint()
            .flatMap(
                digest ->
                    words(claim, claim.attempt(), chronicle)
                        .filter(word -> word.checkpoint().equals(Optional.of(digest)))
                        .map(AttemptReported::at)
                        .min(Comparator.naturalOrder()));
    return saved.orElse(claim.at());
  }
}
