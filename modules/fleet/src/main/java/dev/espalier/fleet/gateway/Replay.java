package dev.espalier.fleet.gateway;

import dev.espalier.fleet.aggregator.AggregatorVerticle;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Positions;
import dev.espalier.kafka.Unreadable;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the log again what a reader has not got and this gateway has forgotten, as fast as the
 * reader takes it. Few do so at a time, the others wait.
 */
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final Duration TURN = Duration.ofMillis(200);
  private static final long PATIENCE_SECONDS = 60;
  private static final int MOST = 8;

  private final Connection connection;
  private final Board board;
  private final Views views;
  private final Counter replays;
  private final Semaphore places = new Semaphore(MOST);

  /**
   * Reads from {@code connection}.
   *
   * @param replays counts readers for whom that is done
   */
  Replay(Connection connection, Board board, Views views, Counter replays) {
    this.replays = replays;
    this.connection = connection;
    this.board = board;
    this.views = views;
  }

  /**
   * Begins to send {@code reader} what lies behind {@code seen}.
   *
   * @param loop the event loop of the reader
   */
  void begin(Reader reader, Positions seen, Context loop) {
    replays.increment();
    reader.replays(board.view().recent().end().since(seen));
    Thread.ofVirtual().name("replay").start(() -> run(reader, seen, loop));
  }

  private void run(Reader reader, Positions seen, Context loop) {
    try {
      places.acquire();
      try {
        read(reader, seen, loop);
      } finally {
        places.release();
      }
      loop.runOnContext(_ -> reader.replayed());
    } catch (LogException | ExecutionException | TimeoutException e) {
      LOG.atInfo().addKeyValue("reason", e.getMessage()).log("a reader is left to come again");
      loop.runOnContext(_ -> reader.response().reset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Reader reader, Positions seen, Context loop)
      throws InterruptedException, ExecutionException, TimeoutException {
    Arrived arrived = new Arrived();
    try (Follower follower = Follower.open(connection, AggregatorVerticle.TOPICS, seen, arrived)) {
      Positions reached = seen;
      while (!reader.isClosed() && !reached.reaches(board.view().recent().begin())) {
        follower.step(TURN);
        reached = follower.reached();
        Feed feed = new Feed(views, board.view());
        send(reader, new Feed.Portion(feed.select(reader.wanted(), arrived.take()), reached), loop);
      }
    }
  }

  private static final class Arrived implements Follower.Sink {
    private final List<Heard> events = new ArrayList<>();

    @Override
    public void accept(Heard heard) {
      events.add(heard);
    }

    @Override
    public void unreadable(Unreadable record) {} // the aggregator keeps it

    List<Heard> take() {
      List<Heard> taken = List.copyOf(events);
      events.clear();
      return taken;
    }
  }

  /** Returns when the reader can take more. */
  private static void send(Reader reader, Feed.Portion portion, Context loop)
      throws InterruptedException, ExecutionException, TimeoutException {
    Promise<String> taken = Promise.promise();
    loop.runOnContext(
        _ -> {
          reader.replay(portion);
          reader.whenFree(() -> taken.tryComplete("taken"));
        });
    String _ =
        taken
            .future()
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
