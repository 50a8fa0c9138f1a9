package dev.espalier.fleet.loop;

import dev.espalier.kafka.LogException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes one turn after the other until it is told to stop. Clients of the log belong
 * to one thread each; this is that thread.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_TURN = Duration.ofMinutes(3);

  private final Thread thread;
  private final Turns turns;
  private final Consumer<Throwable> unwell;
  private volatile boolean stopping;
  private volatile long turned = System.nanoTime();
  private volatile boolean well = true;

  /** What a loop does. All methods are called by its thread. */
  public interface Turns {
    /**
     * Takes one turn; returns within seconds.
     *
     * @return whether there is to be another
     * @throws LogException when the log is out of reach: the turn is taken again until it is not,
     *     unless the log refuses
     */
    boolean turn();

    /** Releases what the turns used. Called once, after the last turn, however that ended. */
    void end();
  }

  private Loop(String name, Turns turns, Consumer<Throwable> unwell) {
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    this.turns = turns;
    this.unwell = unwell;
  }

  /**
   * Starts a loop.
   *
   * @param name the thread's name
   * @param unwell told when a turn throws anything but that the log is out of reach: the loop is
   *     over then
   */
  public static Loop start(String name, Turns turns, Consumer<Throwable> unwell) {
    Loop loop = new Loop(name, turns, unwell);
    loop.thread.start();
    return loop;
  }

  private void run() {
    Optional<Throwable> trouble = whatStops(this::turnUntilStopped);
    Optional<Throwable> more = whatStops(turns::end);
    trouble.or(() -> more).ifPresent(unwell);
  }

  private void turnUntilStopped() {
    while (!stopping && turn()) {
      turned = System.nanoTime();
    }
  }

  /** A log that is out of reach ends nothing: the turn is taken again. */
  private boolean turn() {
    try {
      boolean more = turns.turn();
      well = true;
      return more;
    } catch (LogException e) {
      if (e.isRefusal()) {
        throw e;
      }
      tell(e);
      well = false;
      LockSupport.parkNanos(PAUSE.toNanos());
      return true;
    }
  }

  private void tell(LogException away) {
    LOG.atWarn()
        .addKeyValue("loop", thread.getName())
        .addKeyValue("reason", away.getMessage())
        .log("the log is out of reach, the turn is taken again");
  }

  private static Optional<Throwable> whatStops(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e);
    }
  }

  /** Whether its thread runs and ended a turn, well or not, within the last three minutes. */
  public boolean lives() {
    return thread.isAlive() && System.nanoTime() - turned < LONGEST_TURN.toNanos();
  }

  /** Whether its last turn did not fail. */
  public boolean isWell() {
    return well;
  }

  /** Lets the turn that is under way be the last one. Returns at once. */
  public void stop() {
    stopping = true;
  }

  /**
   * Waits for the end.
   *
   * @return whether it came within {@code limit}
   */
  public boolean awaitEnd(Duration limit) {
    try {
      return thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops, and waits for the end at most ten seconds. */
  @Override
  public void close() {
    stop();
    if (!awaitEnd(PATIENCE)) {
      LOG.atWarn().addKeyValue("loop", thread.getName()).log("a loop did not end in time");
      thread.interrupt();
    }
  }
}
