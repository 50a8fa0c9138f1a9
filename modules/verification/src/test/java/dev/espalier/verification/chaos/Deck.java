package dev.espalier.verification.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The faults of a campaign, in an order that a seed decides. They are drawn like cards, so that
 * every kind is done to every role before one is done again.
 */
final class Deck {
  private static final List<Strike> CARDS =
      List.of(
          new Strike(Fault.KILLED, Role.BROKER),
          new Strike(Fault.KILLED, Role.PLANNER),
          new Strike(Fault.KILLED, Role.AGGREGATOR),
          new Strike(Fault.KILLED, Role.GATEWAY),
          new Strike(Fault.KILLED, Role.WORKER),
          new Strike(Fault.KILLED, Role.WORKER),
          new Strike(Fault.KILLED, Role.WORKER),
          new Strike(Fault.STOPPED, Role.BROKER),
          new Strike(Fault.STOPPED, Role.PLANNER),
          new Strike(Fault.STOPPED, Role.WORKER),
          new Strike(Fault.STOPPED, Role.WORKER),
          new Strike(Fault.FROZEN, Role.BROKER),
          new Strike(Fault.FROZEN, Role.PLANNER),
          new Strike(Fault.FROZEN, Role.WORKER));

  private final Random random;
  private final Deque<Strike> left = new ArrayDeque<>();

  Deck(long seed) {
    this.random = new Random(seed);
  }

  /** The next fault. */
  Strike draw() {
    if (left.isEmpty()) {
      List<Strike> cards = new ArrayList<>(CARDS);
      Collections.shuffle(cards, random);
      left.addAll(cards);
    }
    return left.pop();
  }

  /** One of {@code candidates}. */
  <T> T pick(List<T> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }

  /** A number from {@code least} to {@code most}. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }
}
