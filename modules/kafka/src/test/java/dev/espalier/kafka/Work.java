package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** All that a duty does on the log, once, with the clients that do it. */
enum Work {
  SETUP {
    @Override
    void on(Connection own, Connection all) {
      Topics.ensure(own, SharedBroker.SHORT);
    }
  },
  PLANNER {
    @Override
    void on(Connection own, Connection all) {
      begin(own, Duty.PLANNER);
      try (PlannerLog planner = PlannerLog.open(own);
          Backlog backlog = Backlog.open(own, LIMIT)) {
        read(own, Set.of(Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES));
        TaskReleased task = task();
        TaskWithdrawn withdrawn = TaskWithdrawn.of(task, Samples.NOON, false);
        BudgetSpent spent =
            new BudgetSpent(Samples.NOON, Samples.STUDY, Samples.NOON, Budget.Limit.TASKS);
        assertThat(planner.publish(List.of(task, withdrawn, spent)))
            .isEqualTo(new Commit.Committed());
        assertThat(planner.end(Samples.failed(task, 1), () -> true))
            .isEqualTo(new Commit.Committed());
        assertThat(backlog.unfinished(Topic.TASKS)).isPositive();
      }
    }
  },
  WORKER {
    @Override
    void on(Connection own, Connection all) {
      begin(own, Duty.WORKER);
      Strangers.write(all, Topic.TASKS, "poison");
      try (PlannerLog planner = PlannerLog.open(all)) {
        planner.publish(List.of(task()));
      }
      read(own, Set.of(Topic.OUTCOMES));
      Drains.listen(own).close();
      try (Attempts attempts = Attempts.open(own, SharedBroker.SHORT, Clock.systemUTC())) {
        takeOne(own, attempts);
      }
    }
  },
  AGGREGATOR {
    @Override
    void on(Connection own, Connection all) {
      begin(own, Duty.AGGREGATOR);
      keep(own, all);
      read(
          own,
          Set.of(
              Topic.STUDIES,
              Topic.TASKS,
              Topic.ATTEMPTS,
              Topic.OUTCOMES,
              Topic.MASKS,
              Topic.METRICS));
    }
  },
  GATEWAY {
    @Override
    void on(Connection own, Connection all) {
      AGGREGATOR.on(own, all);
      begin(own, Duty.GATEWAY);
      submit(own);
    }
  },
  TRIGGERS {
    @Override
    void on(Connection own, Connection all) {
      Permissions.require(own, Duty.TRIGGERS);
      try (EventInbox inbox = EventInbox.open(own);
          EventIntake intake = EventIntake.open(own, Map.of());
          Decisions decisions = new Decisions(own)) {
        Waiting.get(
            inbox.write(Told.event("1")).toCompletableFuture(), LIMIT, "an event to be taken");
        Reaction reaction = Told.reaction(Told.await(intake));
        assertThat(intake.commit(List.of(reaction))).isEqualTo(new Commit.Committed());
        decisions.catchUp(LIMIT);
        assertThat(decisions.isDecided(reaction.decision().key())).isTrue();
      }
    }
  },
  SUBMITTER {
    @Override
    void on(Connection own, Connection all) {
      Permissions.require(own, Duty.SUBMITTER);
      submit(own);
    }
  },
  READER {
    @Override
    void on(Connection own, Connection all) {
      Permissions.require(own, Duty.READER);
      read(own, Set.of(Topic.STUDIES, Topic.OUTCOMES, Topic.MASKS));
    }
  },
  OPERATOR {
    @Override
    void on(Connection own, Connection all) {
      Permissions.require(own, Duty.OPERATOR);
      read(own, Set.of(Topic.STUDIES));
      submit(own);
      Drains.call(own, Drains.EVERYBODY, Clock.systemUTC());
      try (PlannerLog planner = PlannerLog.open(all)) {
        planner.publish(List.of(Samples.failed(task(), 1)));
      }
      try (DeadLetterBox box = DeadLetterBox.open(own, Clock.systemUTC())) {
        assertThat(box.requeue(box.letters().getFirst().number())).isEqualTo(1);
      }
    }
  },
  COLLECTOR {
    @Override
    void on(Connection own, Connection all) {
      Permissions.require(own, Duty.COLLECTOR);
      read(own, Set.of(Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS));
    }
  };

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Keeps what is no event. */
  private static void keep(Connection own, Connection all) {
    Strangers.write(all, Topic.METRICS, "no event");
    try (Leftovers leftovers = new Leftovers(own)) {
      Recorded heard = new Recorded(leftovers::add);
      try (Follower follower = Follower.open(own, Set.of(Topic.METRICS), heard)) {
        follower.catchUp(LIMIT);
      }
      leftovers.keep();
      assertThat(heard.reasons()).isNotEmpty();
    }
  }

  static Work of(Duty duty) {
    return valueOf(duty.name());
  }

  /**
   * Does it.
   *
   * @param own the connection of who does it
   * @param all the same topics for one who may do all, which the work of others is done with
   */
  abstract void on(Connection own, Connection all);

  private static void begin(Connection own, Duty duty) {
    Topics.ensure(own, SharedBroker.SHORT);
    Permissions.require(own, duty);
  }

  private static TaskReleased task() {
    return Samples.prune(ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE));
  }

  private static void read(Connection own, Set<Topic> topics) {
    try (Follower follower = Follower.open(own, topics, new Recorded())) {
      follower.catchUp(LIMIT);
    }
  }

  private static void submit(Connection own) {
    try (Publisher publisher = Publisher.open(own, "/espalier/test")) {
      publisher.publish(Told.wish());
    }
  }

  /** Sets the poison aside, and takes the task that lies behind it to its end. */
  private static void takeOne(Connection own, Attempts attempts) {
    CompletableFuture<Delivery> taken = new CompletableFuture<>();
    Intake.Handler handler =
        new Intake.Handler() {
          @Override
          public CompletionStage<?> begin(Delivery delivery) {
            taken.complete(delivery);
            return taken;
          }

          @Override
          public boolean beforeRenewal(Delivery delivery) {
            return false;
          }
        };
    try (Intake intake = Intake.open(own, Topic.TASKS, SharedBroker.SHORT, handler)) {
      while (!taken.isDone()) {
        intake.step();
      }
      complete(attempts, taken.join());
      intake.step();
    }
  }

  private static void complete(Attempts attempts, Delivery delivery) {
    if (attempts.claim(delivery, "w1") instanceof Opening.Claimed(Attempt attempt)) {
      try (attempt) {
        assertThat(attempt.checkpointed(Progress.NONE, Samples.digest("checkpoint"))).isTrue();
        attempt.sample(1, Map.of("train_loss", 1.0));
        List<Event> effects =
            List.of(
                Samples.mask(delivery.released()),
                Samples.completed(delivery.released(), attempt.number()));
        assertThat(attempt.complete(effects, () -> false)).isEqualTo(new Commit.Committed());
      }
    }
  }
}
