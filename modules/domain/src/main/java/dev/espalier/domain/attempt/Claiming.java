package dev.espalier.domain.attempt;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker that was handed a task decides, step by step:
 *
 * <ol>
 *   <li>read all that the log says of the task, and {@link #look}: settled or held, it is left;
 *   <li>free, every older attempt is fenced, so that none completes the task any more;
 *   <li>only now is it worth reading whether one has: all is read once more, and {@link #claim}ed,
 *       in the transaction that the fence opened.
 * </ol>
 *
 * To read all means up to the high watermark: what is committed may stand behind another's open
 * transaction.
 *
 * @param released the task, as it was handed out
 * @param worker who is handed it; differs from any other process
 * @param lock how long a heartbeat stays young
 */
public record Claiming(TaskReleased released, String worker, Duration lock) {
  /** What the log says to somebody who is handed a task. */
  public sealed interface Finding {
    /** Nothing is left to do. */
    record Settled() implements Finding {}

    /**
     * Another attempt has it.
     *
     * @param by its newest word: it lives, or it failed and the planner has not answered
     */
    record Held(AttemptReported by) implements Finding {}

    /**
     * Another attempt may have it: one that lives would have been heard by now, but not for a whole
     * lock has there been silence that proves anything, such as when the log was out of reach.
     * After a lock of listening it is known.
     */
    record Unheard() implements Finding {}

    /** Nobody works on it. */
    record Free() implements Finding {}
  }

  /**
   * Whether the task may be taken over.
   *
   * <p>An attempt that the release answers ({@link TaskReleased#after}) counts as dead, however
   * young its heartbeat: the planner knows.
   *
   * @param standing by all that the log says
   * @param heardSince since when this process has been in contact with the log without a break
   */
  public Finding look(Standing standing, Instant now, Instant heardSince) {
    if (standing.settles(released)) {
      return new Finding.Settled();
    }
    return standing
        .holder(released, worker)
        .map(holder -> judge(holder, now, heardSince))
        .orElseGet(Finding.Free::new);
  }

  /**
   * A broker hands a task on when it was not renewed for a lock; its holder speaks before it
   * renews, and thrice in a lock. So the heartbeat of one that died is then between two thirds of a
   * lock and a whole one old.
   */
  private Finding judge(AttemptReported holder, Instant now, Instant heardSince) {
    Instant longAgo = now.minus(lock);
    if (holder.phase() == Phase.FAILED || holder.at().isAfter(now.minus(lock.dividedBy(2)))) {
      return new Finding.Held(holder);
    }
    boolean silent = !holder.at().isAfter(longAgo) && !heardSince.isAfter(longAgo);
    return silent ? new Finding.Free() : new Finding.Unheard();
  }

  /**
   * The claim to write once older attempts are fenced: higher than any that was heard of, and going
   * on from the newest checkpoint. Whoever claimed since the first look is fenced by now, so the
   * task cannot be left to it.
   *
   * @param standing by all that the log says, read after the fence
   * @return empty when the task was settled meanwhile, or failed and is the planner's to answer
   */
  public Optional<AttemptReported> claim(Standing standing, Instant now) {
    if (standing.settles(released) || standing.isPlanners(released)) {
      return Optional.empty();
    }
    return Optional.of(
        new AttemptReported(
            now,
            released.study(),
            released.task(),
            1 + Math.max(standing.highest(), released.after()),
            worker,
            Phase.CLAIMED,
            Progress.NONE,
            standing.word().flatMap(AttemptReported::checkpoint),
            Optional.empty(),
            standing.word().map(this::timeSoFar).orElse(Duration.ZERO)));
  }

  /** What an attempt before told of; none where it was made for another study. */
  private Duration timeSoFar(AttemptReported before) {
    return before.study().equals(released.study()) ? before.workerTime() : Duration.ZERO;
  }
}
