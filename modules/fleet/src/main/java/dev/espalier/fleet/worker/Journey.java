package dev.espalier.fleet.worker;

import dev.espalier.compute.Ending;
import dev.espalier.compute.train.PatientArtifacts;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.worker.WorkerMeters.Ended;
import dev.espalier.kafka.Attempt;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.Delivery;
import dev.espalier.kafka.Opening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's way through a slot: claim it, work on it, publish what came of it. When {@link
 * #travel} returns, the delivery can be accepted whatever happened: the effects are on the log, or
 * somebody else has the task, or the planner knows that it is to be released again.
 */
final class Journey {
  private static final Logger LOG = LoggerFactory.getLogger(Journey.class);

  private final Workshop workshop;
  private final String worker;
  private final BooleanSupplier stopping;
  private volatile Optional<Execution> execution = Optional.empty();

  /**
   * A journey through a slot.
   *
   * @param worker the name that the slot claims under
   * @param stopping whether the slot is asked to stop
   */
  Journey(Workshop workshop, String worker, BooleanSupplier stopping) {
    this.workshop = workshop;
    this.worker = worker;
    this.stopping = stopping;
  }

  /** Takes {@code delivery} all the way, on the calling thread. */
  void travel(Delivery delivery) {
    switch (workshop.attempts().claim(delivery, worker)) {
      case Opening.Completed completed -> workshop.meters().delivered("completed");
      case Opening.HeldElsewhere held -> workshop.meters().delivered("held");
      case Opening.Claimed claimed -> {
        workshop.meters().delivered("claimed");
        try (Attempt attempt = claimed.attempt()) {
          work(attempt);
        }
      }
    }
  }

  /**
   * Says that the attempt under way lives; nothing when there is none. From any thread.
   *
   * @return whether there is one
   */
  boolean heartbeat() {
    Optional<Execution> living = execution;
    living.ifPresent(Execution::heartbeat);
    return living.isPresent();
  }

  private void work(Attempt attempt) {
    long began = System.nanoTime();
    Journal journal = new Journal(workshop.clock(), attempt::log);
    journal.info(
        Sentences.began(attempt.checkpoint().map(Digest::brief), attempt.number(), worker));
    Execution watching = new Execution(attempt, workshop.meters(), journal, stopping);
    execution = Optional.of(watching);
    workshop.meters().began();
    Ended ended = Ended.CRASHED;
    try {
      Ending ending = run(attempt, watching);
      ended = conclude(attempt, watching, ending, Duration.ofNanos(System.nanoTime() - began));
    } catch (ArtifactsException e) {
      // A store that is out of reach was waited for until the stop; one that refuses was not.
      ended = leave(attempt, watching, e);
    } catch (RuntimeException e) {
      journal.error("this process is unwell: " + Sentences.thrown(e));
      throw e;
    } finally {
      journal.write();
      execution = Optional.empty();
      workshop.meters().ended(TaskKind.of(attempt.released().content()), ended);
      tell(attempt, ended, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private Ending run(Attempt attempt, Execution watching) {
    TaskReleased released = attempt.released();
    TaskId named = workshop.naming().nameOf(released.content());
    if (!named.equals(released.task())) {
      return new Ending.Wrong(
          new Failure.BadInput(
              "expected a task whose name is that of its content, %s by this build's method, got %s"
                  .formatted(named, released.task())));
    }
    Optional<Map<TaskId, Result>> parents = workshop.parentsOf(released.content());
    if (parents.isEmpty()) {
      return new Ending.Wrong(
          new Failure.ArtifactMissing(
              "expected the outcomes of %s on the log before task %s, found not all"
                  .formatted(released.content().parents(), released.task())));
    }
    return workshop
        .bench()
        .run(released.task(), released.content(), parents.get(), attempt.checkpoint(), watching);
  }

  private Ended conclude(Attempt attempt, Execution watching, Ending ending, Duration time) {
    Effects effects = new Effects(attempt, worker, workshop.clock().instant());
    return switch (ending) {
      case Ending.Done done -> {
        Outcome outcome = new Outcome.Completed(done.result(), done.numerics(), done.cost());
        Artifacts artifacts = new PatientArtifacts(workshop.artifacts(), watching);
        List<Event> events = effects.of(done, watching, artifacts);
        Ended ended = publish(attempt, watching, events, outcome, time);
        if (ended == Ended.COMPLETED) {
          watching.checkpoint().ifPresent(this::delete);
        }
        yield ended;
      }
      case Ending.Wrong wrong -> {
        if (wrong.failure().retryable()) {
          fail(attempt, watching, wrong.failure());
          yield Ended.FAILED;
        }
        Outcome outcome = new Outcome.Failed(wrong.failure());
        yield publish(attempt, watching, List.of(effects.outcome(outcome)), outcome, time);
      }
      case Ending.Stopped stopped -> leave(attempt, watching, stopped);
    };
  }

  private Ended leave(Attempt attempt, Execution watching, ArtifactsException trouble) {
    if (watching.stopRequested()) {
      return leave(attempt, watching, new Ending.Stopped(Optional.empty()));
    }
    fail(attempt, watching, Failure.StoreUnreachable.of(trouble));
    return Ended.FAILED;
  }

  private static void fail(Attempt attempt, Execution watching, Failure failure) {
    watching.journal().error("failed, which another attempt may not: " + failure.message());
    attempt.failed(watching.progress(), failure);
  }

  private static Ended fenced(Execution watching) {
    watching.journal().warn("dropped: the task is no longer this attempt's");
    return Ended.FENCED;
  }

  private Ended publish(
      Attempt attempt, Execution watching, List<Event> events, Outcome outcome, Duration time) {
    return switch (attempt.complete(events, watching::stopRequested)) {
      case Commit.Committed committed -> {
        workshop.meters().published(TaskKind.of(attempt.released().content()), outcome, time);
        watching.journal().info(Sentences.ended(outcome, time));
        yield outcome instanceof Outcome.Completed ? Ended.COMPLETED : Ended.FAILED;
      }
      case Commit.Fenced fenced -> fenced(watching);
    };
  }

  private Ended leave(Attempt attempt, Execution watching, Ending.Stopped stopped) {
    if (attempt.superseded()) {
      return fenced(watching);
    }
    if (attempt.withdrawal().filter(TaskWithdrawn::forGood).isPresent()) {
      abandon(attempt, watching, stopped);
      return Ended.PREEMPTED;
    }
    stopped
        .checkpoint()
        .filter(checkpoint -> !watching.checkpoint().equals(Optional.of(checkpoint)))
        .ifPresent(watching::checkpointed);
    watching
        .journal()
        .info("stops at step %d, to be resumed".formatted(watching.progress().step()));
    attempt.preempted(watching.progress());
    return Ended.PREEMPTED;
  }

  private void abandon(Attempt attempt, Execution watching, Ending.Stopped stopped) {
    watching.journal().info("stops: nobody wants the task any more");
    if (attempt.abandoned(watching.progress())) {
      Stream.concat(stopped.checkpoint().stream(), watching.checkpoint().stream())
          .distinct()
          .forEach(this::delete);
    }
  }

  /** What is left behind is collected some day. */
  private void delete(Digest checkpoint) {
    try {
      workshop.artifacts().delete(checkpoint);
    } catch (ArtifactsException e) {
      LOG.atInfo()
          .addKeyValue("checkpoint", checkpoint)
          .addKeyValue("reason", e.getMessage())
          .log("a checkpoint that nobody needs was left behind");
    }
  }

  private void tell(Attempt attempt, Ended ended, Duration time) {
    LOG.atInfo()
        .addKeyValue("task", attempt.released().task())
        .addKeyValue("attempt", attempt.number())
        .addKeyValue("worker", worker)
        .addKeyValue("ending", ended)
        .addKeyValue("milliseconds", time.toMillis())
        .log("attempt ended");
  }
}
