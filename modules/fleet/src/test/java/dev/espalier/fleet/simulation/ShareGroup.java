package dev.espalier.fleet.simulation;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.event.Event.TaskReleased;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The share group of the task topic: hands out one record at a time under a lock, counts how often,
 * and forgets what it handed out when its leader changes.
 */
final class ShareGroup {
  private static final int DELIVERIES = 5;

  /** The most records from the oldest unfinished to the newest handed out. */
  static final int IN_FLIGHT = 40;

  private final Timeline timeline;
  private final ModelTopic tasks;
  private final Draws draws;
  private final List<Shared> shared = new ArrayList<>();
  private final TreeSet<Integer> available = new TreeSet<>();
  private final List<Member> waiting = new ArrayList<>();
  private int start;

  /** What a member is handed. */
  record Handed(TaskReleased released, int offset, int count) {}

  /** Somebody who takes tasks. */
  record Member(String name, Consumer<Handed> take) {}

  /** What became of an acknowledgement. */
  enum Answer {
    /** The record is the member's, and did what it was told. */
    TAKEN,
    /** The record is long finished: reported as success, though it did nothing. */
    LATE,
    /** The record is not the member's. */
    REFUSED
  }

  private enum State {
    AVAILABLE,
    ACQUIRED,
    OVER
  }

  private static final class Shared {
    private State state;
    private String holder = "";
    private int count;
    private long lockedUntil;

    private Shared(State state) {
      this.state = state;
    }
  }

  ShareGroup(Timeline timeline, ModelTopic tasks, long seed) {
    this.timeline = timeline;
    this.tasks = tasks;
    this.draws = Draws.of(seed, "share group");
  }

  /** Looks for records that have become stable, and hands them out. */
  void refresh() {
    while (shared.size() < tasks.stable()) {
      int offset = shared.size();
      boolean task = tasks.committed(offset).isPresent();
      shared.add(new Shared(task ? State.AVAILABLE : State.OVER));
      if (task) {
        available.add(offset);
      }
    }
    advance();
    handOut();
  }

  private void advance() {
    while (start < shared.size() && shared.get(start).state == State.OVER) {
      start++;
    }
  }

  private void handOut() {
    while (!waiting.isEmpty() && !available.isEmpty() && available.first() - start < IN_FLIGHT) {
      Member member = waiting.remove(draws.below(waiting.size()));
      acquire(member, available.removeFirst());
    }
  }

  private void acquire(Member member, int offset) {
    Shared record = shared.get(offset);
    record.state = State.ACQUIRED;
    record.holder = member.name();
    record.count++;
    lock(record, offset);
    TaskReleased released = (TaskReleased) tasks.committed(offset).orElseThrow();
    member.take().accept(new Handed(released, offset, record.count));
  }

  private void lock(Shared record, int offset) {
    long until = timeline.now() + Simulation.LOCK.toMillis();
    record.lockedUntil = until;
    timeline.at(until, () -> expire(record, offset, until));
  }

  private void expire(Shared record, int offset, long until) {
    if (record.state == State.ACQUIRED && record.lockedUntil == until) {
      giveBack(record, offset);
    }
  }

  /** Frees a record, unless it was handed out too often: then it is given up. */
  private void giveBack(Shared record, int offset) {
    if (record.count >= DELIVERIES) {
      record.state = State.OVER;
      advance();
    } else {
      record.state = State.AVAILABLE;
      available.add(offset);
    }
    handOut();
  }

  /** {@code member} asks for a task; it is handed one when there is one. */
  void ask(Member member) {
    waiting.add(member);
    handOut();
  }

  /** {@code name} is gone. What it held stays locked. */
  void leave(String name) {
    waiting.removeIf(member -> member.name().equals(name));
  }

  Answer accept(String name, int offset) {
    Answer answer = answerTo(name, offset);
    if (answer == Answer.TAKEN) {
      shared.get(offset).state = State.OVER;
      advance();
      handOut();
    }
    return answer;
  }

  Answer renew(String name, int offset) {
    Answer answer = answerTo(name, offset);
    if (answer == Answer.TAKEN) {
      lock(shared.get(offset), offset);
    }
    return answer;
  }

  void release(String name, int offset) {
    if (answerTo(name, offset) == Answer.TAKEN) {
      giveBack(shared.get(offset), offset);
    }
  }

  private Answer answerTo(String name, int offset) {
    if (offset < start) {
      return Answer.LATE;
    }
    Shared record = shared.get(offset);
    boolean own = record.state == State.ACQUIRED && record.holder.equals(name);
    return own ? Answer.TAKEN : Answer.REFUSED;
  }

  /** Another leader: knows nothing of what was handed out, nor how often. */
  void forget() {
    for (int offset = start; offset < shared.size(); offset++) {
      Shared record = shared.get(offset);
      if (record.state == State.ACQUIRED) {
        record.state = State.AVAILABLE;
        available.add(offset);
      }
      record.count = 0;
    }
    handOut();
  }

  /** Ends the lock of the {@code choice}-th record that is held, if any. */
  void expireOne(int choice) {
    List<Integer> held = new ArrayList<>();
    for (int offset = start; offset < shared.size(); offset++) {
      if (shared.get(offset).state == State.ACQUIRED) {
        held.add(offset);
      }
    }
    if (!held.isEmpty()) {
      int offset = held.get(choice % held.size());
      giveBack(shared.get(offset), offset);
    }
  }

  /** The first offset that waits or is worked on. */
  int begin() {
    return start;
  }

  /** Whether no record waits or is worked on. */
  boolean isDrained() {
    return start >= tasks.end();
  }
}
