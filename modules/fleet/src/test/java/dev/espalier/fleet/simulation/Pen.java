package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A transactional producer on a host, as the client of a real one sees it. */
final class Pen {
  private static final int AGAIN = 100;

  private final Host host;
  private final ModelLog log;
  private final String identity;
  private int epoch;

  /** What the client is told of a transaction. */
  enum Told {
    COMMITTED,
    FENCED,
    /** An exception: whether it stands is not known. */
    NOTHING
  }

  Pen(Host host, ModelLog log, String identity) {
    this.host = host;
    this.log = log;
    this.identity = identity;
  }

  /** Fences older pens; asks again while their transactions are being ended. */
  void fence(Runnable then) {
    host.<OptionalInt>ask(
        () -> log.initialise(identity),
        answer -> {
          if (answer.isPresent()) {
            epoch = answer.getAsInt();
            then.run();
          } else {
            host.soon(AGAIN, () -> fence(then));
          }
        });
  }

  /** Writes {@code events} in one transaction: the records, one after the other, then its end. */
  void commit(List<? extends Event> events, Consumer<Told> then) {
    send(events, 0, then);
  }

  private void send(List<? extends Event> events, int index, Consumer<Told> then) {
    if (index == events.size()) {
      end(then);
      return;
    }
    host.ask(
        () -> log.add(identity, epoch, events.get(index)),
        added -> {
          switch (added) {
            case TAKEN -> send(events, index + 1, then);
            case LATER -> host.soon(AGAIN, () -> send(events, index, then));
            case FENCED -> then.accept(Told.FENCED);
          }
        });
  }

  private void end(Consumer<Told> then) {
    Host.Loss loss = host.takeLoss();
    host.ask(
        () -> loss != Host.Loss.OF_REQUEST && log.commit(identity, epoch),
        committed -> {
          if (loss != Host.Loss.NONE) {
            then.accept(Told.NOTHING);
          } else {
            then.accept(committed ? Told.COMMITTED : Told.FENCED);
          }
        });
  }
}
