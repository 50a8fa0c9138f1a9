package dev.espalier.verification.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

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
          new Strike(Fault.STOPPED, Role.AGGREGATOR),
          new Strike(Fault.STOPPED, Role.GATEWAY),
          new Strike(Fault.STOPPED, Role.WORKER),
          new Strike(Fault.STOPPED, Role.WORKER),
          new Strike(Fault.FROZEN, Role.BROKER),
          new Strike(Fault.FROZEN, Role.PLANNER),
          new Strike(Fault.FROZEN, Role.AGGREGATOR),
          new Strike(Fault.FROZEN, Role.GATEWAY),
          new Strike(Fault.FROZEN, Role.WORKER),
          new Strike(Fault.CUT_OFF, Role.BROKER),
          new Strike(Fault.CUT_OFF, Role.PLANNER),
          new Strike(Fault.CUT_OFF, Role.AGGREGATOR),
          new Strike(Fault.CUT_OFF, Role.WORKER),
          new Strike(Fault.DISTURBED, Role.BROKER),
          new Strike(Fault.DISTURBED, Role.WORKER),
          new Strike(Fault.JUMPED, Role.BROKER),
          new Strike(Fault.JUMPED, Role.PLANNER),
          new Strike(Fault.JUMPED, Role.AGGREGATOR),
          new Strike(Fault.JUMPED, Role.GATEWAY),
          new Strike(Fault.JUMPED, Role.WORKER),
          new Strike(Fault.FULL, Role.STORE),
          new Strike(Fault.DAMAGED, Role.STORE),
          new Strike(Fault.DAMAGED, Role.STORE),
          new Strike(Fault.GARBLED, Role.LOG),
          new Strike(Fault.REPEATED, Role.LOG));

  private final List<Strike> cards;
  private final Random random;
  private final Deque<Strike> left = new ArrayDeque<>();

  /**
   * A deck.
   *
   * @param faults those that are in it
   */
  Deck(long seed, Set<Fault> faults) {
    this.cards = CARDS.stream().filter(card -> faults.contains(card.fault())).toList();
    this.random = new Random(seed);
  }

  /** The next fault. */
  Strike draw() {
    if (left.isEmpty()) {
      List<Strike> shuffled = new ArrayList<>(cards);
      Collections.shuffle(shuffled, random);
      left.addAll(shuffled);
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
