package dev.espalier.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a follower could not read, on its way to the dead letters. Each record becomes one letter
 * however often the log is read again; of several who keep the same at once, the first letter
 * counts. Not safe for use by several threads, but for {@link #metrics}.
 */
public final class Leftovers implements AutoCloseable {
  private final Connection connection;
  private final List<Unreadable> waiting = new ArrayList<>();
  private volatile Optional<Letters> letters = Optional.empty();

  /** Opens no client before there is something to keep. */
  public Leftovers(Connection connection) {
    this.connection = connection;
  }

  /** Adds to what is to be kept. What stands on a task topic is left to those who are handed it. */
  public void add(Unreadable record) {
    if (!record.place().topic().equals(Topic.TASKS)) {
      waiting.add(record);
    }
  }

  /**
   * Keeps all that was added; returns when the broker has it.
   *
   * @throws LogException when the log is out of reach; then all of it still waits
   */
  public void keep() {
    if (waiting.isEmpty()) {
      return;
    }
    Letters open = letters.orElseGet(() -> Letters.open(connection));
    letters = Optional.of(open);
    open.keep(waiting);
    waiting.clear();
  }

  /** The dead letters and, of those that are there, where they stood. */
  private record Letters(DeadLetters topic, Set<String> kept) {
    static Letters open(Connection connection) {
      try (DeadLetterBox box = DeadLetterBox.open(connection, Clock.systemUTC())) {
        return new Letters(new DeadLetters(connection), new HashSet<>(box.origins()));
      }
    }

    void keep(List<Unreadable> records) {
      List<Unreadable> fresh =
          records.stream().filter(record -> !kept.contains(record.origin())).toList();
      topic.write(fresh);
      fresh.forEach(record -> kept.add(record.origin()));
    }
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    return letters.stream().flatMap(open -> open.topic().metrics().stream()).toList();
  }

  @Override
  public void close() {
    letters.ifPresent(open -> open.topic().close());
  }
}
