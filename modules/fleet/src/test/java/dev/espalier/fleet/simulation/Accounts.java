package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** Sees what studies may take and what they take, as the {@link Truth} sees all else. */
final class Accounts {
  private final Truth truth;
  private final Map<StudyId, Account> accounts = new HashMap<>();
  private final Map<StudyId, Set<TaskId>> claimed = new HashMap<>();
  private int spent;

  /** What is known of a study. */
  private static final class Account {
    private final Set<TaskId> unfinished = new HashSet<>();
    private final Set<TaskId> begun = new HashSet<>();
    private final Map<TaskId, Duration> times = new HashMap<>();
    private final Map<Instant, StudyWished> wishes = new HashMap<>();
    private Instant newest = Instant.MIN;
    private Instant ended = Instant.MIN;
    private int mostTasks;

    private boolean isSpent() {
      return ended.equals(newest);
    }
  }

  Accounts(Truth truth, Catalogue catalogue) {
    this.truth = truth;
    for (Study study : catalogue.studies()) {
      Account account = new Account();
      accounts.put(catalogue.naming().nameOf(study), account);
      TaskGraph.of(study, catalogue.naming())
          .nodes()
          .forEach(node -> account.unfinished.add(node.id()));
    }
  }

  private Account of(StudyId study) {
    return Objects.requireNonNull(accounts.get(study));
  }

  void wished(StudyWished wished) {
    Account account = of(wished.study());
    account.wishes.put(wished.at(), wished);
    account.newest = wished.at();
    if (wished.wish() == Wish.RUN) {
      OptionalInt most = wished.budget().map(Budget::tasks).orElseGet(OptionalInt::empty);
      account.mostTasks = Math.max(account.mostTasks, most.orElse(Integer.MAX_VALUE));
    }
  }

  void released(TaskReleased released) {
    Account account = of(released.study());
    truth.require(
        !account.isSpent(), Invariant.NOTHING_BEYOND_A_BUDGET, released, "its budget is spent");
    account.begun.add(released.task());
  }

  void claimed(AttemptReported claim) {
    Set<TaskId> tasks = claimed.computeIfAbsent(claim.study(), _ -> new HashSet<>());
    tasks.add(claim.task());
    int begun = tasks.size();
    boolean within = begun <= of(claim.study()).mostTasks;
    truth.require(
        within, Invariant.NOTHING_BEYOND_A_BUDGET, claim, "the %d. of its study".formatted(begun));
  }

  void heard(AttemptReported word) {
    took(word.study(), word.task(), word.workerTime());
  }

  void ended(OutcomePublished ended) {
    if (ended.outcome() instanceof Outcome.Completed done) {
      accounts.values().forEach(account -> account.unfinished.remove(ended.task()));
      took(ended.study(), ended.task(), done.cost().time());
    }
  }

  private void took(StudyId study, TaskId task, Duration time) {
    of(study).times.merge(task, time, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  void spent(BudgetSpent said, Instant now) {
    Account account = of(said.study());
    boolean first = said.wished().isAfter(account.ended);
    truth.require(first, Invariant.BUDGET_SPENT_ONCE, said, "once more");
    boolean holds = isSpent(account, said, now);
    truth.require(holds, Invariant.BUDGET_SPENT_ONCE, said, "which it is not");
    account.ended = said.wished();
    spent++;
  }

  private static boolean isSpent(Account account, BudgetSpent said, Instant now) {
    StudyWished wished = Objects.requireNonNull(account.wishes.get(said.wished()));
    Budget budget = wished.budget().orElseThrow();
    return switch (said.limit()) {
      case DEADLINE ->
          !now.plus(Host.MOST_SKEW.multipliedBy(2)).isBefore(wished.deadline().orElseThrow());
      case WORKER_SECONDS ->
          account.times.values().stream()
                  .reduce(Duration.ZERO, Duration::plus)
                  .compareTo(budget.workerTime().orElseThrow())
              >= 0;
      case TASKS -> account.begun.size() >= budget.tasks().orElseThrow();
    };
  }

  /** Whether {@code study}, wished for after {@code moment}, is completed or out of budget. */
  boolean isSettled(StudyId study, Instant moment) {
    Account account = of(study);
    return account.newest.isAfter(moment) && (account.unfinished.isEmpty() || account.isSpent());
  }

  /** How many budgets were spent. */
  int spent() {
    return spent;
  }
}
