package dev.espalier.cli.session;

import dev.espalier.domain.event.Standings;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import java.time.Duration;
import java.util.Set;

/**
 * What stands on a log: read once, without any role, so that known answers cost no start of one.
 */
public final class History {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<Topic> TOPICS = Set.of(Topic.STUDIES, Topic.OUTCOMES, Topic.MASKS);

  private History() {}

  /** Studies, outcomes and masks that are on the log of {@code connection} now. */
  public static Standings of(Connection connection) {
    return of(connection, TOPICS);
  }

  /** What is on {@code topics} of the log of {@code connection} now. */
  public static Standings of(Connection connection, Set<Topic> topics) {
    Fold fold = new Fold();
    try (Follower follower = Follower.open(connection, topics, fold)) {
      follower.catchUp(PATIENCE);
    }
    return fold.standings;
  }

  private static final class Fold implements Follower.Sink {
    private Standings standings = Standings.EMPTY;

    @Override
    public void accept(Heard heard) {
      standings = standings.plus(heard.event());
    }

    /** The aggregator and the planner complain about it; there is nothing to answer from it. */
    @Override
    public void unreadable(Unreadable record) {}
  }
}
