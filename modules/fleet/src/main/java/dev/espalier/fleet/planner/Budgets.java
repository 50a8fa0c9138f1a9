package dev.espalier.fleet.planner;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Budget.Limit;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Spending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which running studies have spent their budget, with something still to do. A limit of tasks is
 * spent only when those that were begun have ended: they are what it was given for.
 */
final class Budgets {
  private final Ledger ledger;
  private final Instant now;

  private Budgets(Ledger ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** What is to be said of them; once the ledger has heard it, nothing is. */
  static List<? extends Event> spent(Ledger ledger, Instant now) {
    Budgets budgets = new Budgets(ledger, now);
    return ledger.budgeted().flatMap(wished -> budgets.spent(wished).stream()).toList();
  }

  private Optional<BudgetSpent> spent(StudyWished wished) {
    return limit(wished)
        .filter(limit -> ledger.isUnfinished(wished.study()))
        .map(limit -> new BudgetSpent(now, wished.study(), wished.at(), limit));
  }

  private Optional<Limit> limit(StudyWished wished) {
    Budget budget = wished.budget().orElseThrow();
    if (wished.deadline().filter(deadline -> !now.isBefore(deadline)).isPresent()) {
      return Optional.of(Limit.DEADLINE);
    }
    if (budget.workerTime().isEmpty() && budget.tasks().isEmpty()) {
      return Optional.empty();
    }
    Spending spending = ledger.spentBy(wished.study());
    if (budget
        .workerTime()
        .filter(most -> spending.workerTime().compareTo(most) >= 0)
        .isPresent()) {
      return Optional.of(Limit.WORKER_SECONDS);
    }
    boolean allBegun = budget.tasks().isPresent() && spending.tasks() >= budget.tasks().getAsInt();
    return allBegun && !ledger.hasBegun(wished.study())
        ? Optional.of(Limit.TASKS)
        : Optional.empty();
  }
}
