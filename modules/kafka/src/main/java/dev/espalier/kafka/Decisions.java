package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.trigger.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What events from outside did, as long as the log remembers. The methods that read on belong to
 * one thread, the owner's; all may ask.
 */
public final class Decisions implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final int WINDOW = 2_000; // places that are looked at together

  private final Connection connection;
  private final DecisionIndex index = new DecisionIndex();
  private Optional<DecisionReader> reader = Optional.empty();
  private long forgot = System.nanoTime();

  /** Those of {@code connection}; nothing is read yet. */
  public Decisions(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads on, waiting at most {@code wait}.
   *
   * @throws LogException when the log cannot be read
   */
  public void step(Duration wait) {
    reading().step(wait, this::add);
    if (System.nanoTime() - forgot > FORGETTING.toNanos()) {
      index.forgetBefore(reading().beginning());
      forgot = System.nanoTime();
    }
  }

  private void add(NumberedDecision read) {
    index.add(read.decision(), read.number());
  }

  private DecisionReader reading() {
    DecisionReader reading = reader.orElseGet(() -> DecisionReader.open(connection));
    reader = Optional.of(reading);
    return reading;
  }

  /**
   * Reads on until everything is known that stands on the log now.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  public void catchUp(Duration limit) {
    reading().readTo(reading().end(), limit, this::add);
  }

  /** Whether the event called {@code key} is decided, as far as was read. */
  public boolean isDecided(Digest key) {
    return index.number(key).isPresent();
  }

  /** The latest time of the schedule called {@code source} that is decided. */
  public Optional<Instant> latest(String source) {
    return index.latest(source);
  }

  /**
   * What the event called {@code key} did; empty where that is not decided, or not read yet.
   *
   * @throws LogException when the log cannot be read
   */
  public Optional<NumberedDecision> find(Digest key) {
    OptionalLong number = index.number(key);
    return number.isEmpty() ? Optional.empty() : at(number.getAsLong());
  }

  /**
   * The decision of this number; empty where there is none.
   *
   * @throws LogException when the log cannot be read
   */
  public Optional<NumberedDecision> at(long number) {
    try (DecisionReader looking = DecisionReader.open(connection)) {
      return number < looking.beginning() || number >= looking.end()
          ? Optional.empty()
          : window(looking, number, number + 1, _ -> true).stream().findFirst();
    }
  }

  /**
   * Decisions, the newest first.
   *
   * @param before with smaller numbers than this
   * @param most how many at most
   * @param wanted which
   * @throws LogException when the log cannot be read
   */
  public List<NumberedDecision> before(long before, int most, Predicate<Decision> wanted) {
    List<NumberedDecision> found = new ArrayList<>();
    try (DecisionReader looking = DecisionReader.open(connection)) {
      long beginning = looking.beginning();
      long end = Math.min(before, looking.end());
      while (end > beginning && found.size() < most) {
        long begin = Math.max(beginning, end - WINDOW);
        Deque<NumberedDecision> window = window(looking, begin, end, wanted);
        while (!window.isEmpty() && found.size() < most) {
          found.add(window.removeLast());
        }
        end = begin;
      }
    }
    return found;
  }

  private static Deque<NumberedDecision> window(
      DecisionReader looking, long begin, long end, Predicate<Decision> wanted) {
    Deque<NumberedDecision> window = new ArrayDeque<>();
    looking.read(
        begin,
        end,
        LIMIT,
        read -> {
          if (read.number() < end && wanted.test(read.decision())) {
            window.addLast(read);
          }
        });
    return window;
  }

  @Override
  public void close() {
    reader.ifPresent(DecisionReader::close);
    reader = Optional.empty();
  }
}
