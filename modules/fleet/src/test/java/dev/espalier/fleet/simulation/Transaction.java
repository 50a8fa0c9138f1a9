package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction of the modelled log. It is decided at one moment, but a reader sees its records on
 * a topic only once its marker is written there; until then they hold up whatever stands behind.
 */
final class Transaction {
  /** What records outside transactions belong to. */
  static final Transaction NONE = new Transaction("none");

  static {
    NONE.state = State.COMMITTED;
    NONE.marked.addAll(EnumSet.allOf(Subject.class));
  }

  /** How far it is. */
  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final String id;
  private final List<Event> events = new ArrayList<>();
  private final Set<Subject> touched = EnumSet.noneOf(Subject.class);
  private final Set<Subject> marked = EnumSet.noneOf(Subject.class);
  private State state = State.OPEN;

  Transaction(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  List<Event> events() {
    return events;
  }

  Set<Subject> touched() {
    return touched;
  }

  State state() {
    return state;
  }

  void add(Event event) {
    events.add(event);
    touched.add(Subject.of(event));
  }

  void decide(State decided) {
    state = decided;
  }

  void mark(Subject subject) {
    marked.add(subject);
  }

  boolean isMarked(Subject subject) {
    return marked.contains(subject);
  }

  /** Whether it is decided, and every topic knows. */
  boolean isOver() {
    return state != State.OPEN && marked.containsAll(touched);
  }
}
