package dev.espalier.fleet.worker;

import dev.espalier.fleet.loop.Loop;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Drains;
import java.time.Duration;
import java.util.function.Consumer;

/** Hears when the worker of this process is called on to drain. */
public final class Calls implements AutoCloseable {
  private static final Duration TURN = Duration.ofSeconds(1);

  private final String process;
  private final Runnable drain;
  private final Drains drains;
  private final Loop loop;

  private Calls(Connection connection, String process, Runnable drain, Consumer<Throwable> unwell) {
    this.process = process;
    this.drain = drain;
    this.drains = Drains.listen(connection);
    this.loop = Loop.start("calls", new Listening(), unwell);
  }

  /**
   * Begins to listen.
   *
   * @param process the name of this one
   * @param drain run once, when it is called on
   * @param unwell told when it cannot listen any more
   */
  public static Calls listen(
      Connection connection, String process, Runnable drain, Consumer<Throwable> unwell) {
    return new Calls(connection, process, drain, unwell);
  }

  private final class Listening implements Loop.Turns {
    @Override
    public boolean turn() {
      boolean called = drains.isCalled(process, TURN);
      if (called) {
        drain.run();
      }
      return !called;
    }

    @Override
    public void end() {
      drains.close();
    }
  }

  @Override
  public void close() {
    loop.stop();
    drains.wake();
    loop.close();
  }
}
