package dev.espalier.fleet.aggregator;

import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest events of the log, in the order in which they were read, for those who follow it event
 * by event. Immutable.
 */
public final class Recent {
  private final List<Batch> batches;
  private final Positions end;
  private final long bytes;
  private final long most;

  /**
   * Events that were read together.
   *
   * @param begin where they began
   * @param end where they ended
   * @param events in the order of the log, partition by partition
   */
  public record Batch(Positions begin, Positions end, List<Heard> events) {
    /** Copies the events. */
    public Batch {
      events = List.copyOf(events);
    }

    private long bytes() {
      return events.stream().mapToLong(Heard::bytes).sum();
    }
  }

  private Recent(List<Batch> batches, Positions end, long bytes, long most) {
    this.batches = batches;
    this.end = end;
    this.bytes = bytes;
    this.most = most;
  }

  /**
   * Before anything was read.
   *
   * @param most how many bytes of data are kept, but for the newest batch, which is kept whole
   */
  static Recent none(long most) {
    return new Recent(List.of(), Positions.NONE, 0, most);
  }

  /** None, of a log that is read from {@code place} on. */
  Recent beginningAt(Positions place) {
    return new Recent(List.of(), place, 0, most);
  }

  /** These and what was read next; the oldest are forgotten when there are too many. */
  Recent plus(List<Heard> events, Positions reached) {
    Batch newest = new Batch(end, reached, events);
    List<Batch> kept = new ArrayList<>(batches);
    kept.add(newest);
    long size = bytes + newest.bytes();
    int forgotten = 0;
    while (size > most && forgotten < kept.size() - 1) {
      size -= kept.get(forgotten++).bytes();
    }
    return new Recent(List.copyOf(kept.subList(forgotten, kept.size())), reached, size, most);
  }

  /** How far the log was read. */
  public Positions end() {
    return end;
  }

  /** Where the oldest of these stand. */
  public Positions begin() {
    return batches.isEmpty() ? end : batches.getFirst().begin();
  }

  /** What of these lies behind {@code seen}, at least in part; empty when some was forgotten. */
  public Optional<List<Batch>> after(Positions seen) {
    return seen.reaches(begin())
        ? Optional.of(batches.stream().filter(batch -> !seen.reaches(batch.end())).toList())
        : Optional.empty();
  }
}
