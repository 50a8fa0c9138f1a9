package dev.espalier.kafka;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes one task after the other from task topics through share groups: renewed while it is worked
 * on, accepted when the work is over, whatever became of it. Bytes that are no task go to the dead
 * letters.
 *
 * <p>All methods but {@link #close} belong to one thread, the owner's.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Intake implements AutoCloseable {
  /** Who works on what is taken. Called on the intake's thread; must not block. */
  public interface Handler {
    /**
     * Begins to work on {@code delivery}.
     *
     * @return completes when the work is over and its effects are on the log, or when there is
     *     nothing to do: the task is then accepted. Completed with an exception: the task goes back
     *     to the others, and {@link Intake#step} throws
     */
    CompletionStage<?> begin(Delivery delivery);

    /** Called just before {@code delivery} is renewed: the moment for the heartbeat. */
    void beforeRenewal(Delivery delivery);
  }

  private Intake() {}

  /**
   * Opens an intake: one share consumer of all {@code topics} in one group, which the broker serves
   * in turn. Never one consumer a topic: a share consumer goes on fetching between polls until it
   * has a record, so the idle one of two would take a task, behind the back of the thread that
   * works, and hold it until its lock ends.
   *
   * @param topics task topics
   * @param sharing as the topics were created with
   */
  public static Intake open(
      Connection connection, List<Topic> topics, Sharing sharing, Handler handler) {
    throw new UnsupportedOperationException(connection + " " + topics + sharing + handler);
  }

  /**
   * One turn: when no task is held, waits a moment for one and begins it; when one is held, waits
   * for its end, at most a third of the lock, then accepts or renews. A renewal that fails stops
   * nothing.
   *
   * @throws IllegalStateException when the handler failed
   * @throws LogException when the log refuses this intake for good
   */
  public void step() {
    throw new UnsupportedOperationException();
  }

  /** Whether a task is held. */
  public boolean busy() {
    throw new UnsupportedOperationException();
  }

  /** The figures of its clients. May be called by any thread. */
  public List<ClientMetric> metrics() {
    throw new UnsupportedOperationException();
  }

  /**
   * Interrupts a waiting {@link #step}, which then returns at once as every later one does. May be
   * called by any thread; the owner calls {@link #close} after its last step.
   */
  public void wake() {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves the share groups. A task that is held and not over comes back to the others when its
   * lock ends.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
