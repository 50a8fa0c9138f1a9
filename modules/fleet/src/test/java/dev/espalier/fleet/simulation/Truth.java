package dev.espalier.fleet.simulation;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees all that is decided on the log, at the moment when it is, and throws when an {@link
 * Invariant} does not hold. Knows nothing of the rules by which the fleet decides.
 */
final class Truth {
  private final Timeline timeline;
  private final Catalogue catalogue;
  private final Accounts accounts;
  private final Map<TaskId, Facts> facts = new HashMap<>();
  private int completed;
  private int claims;
  private long awaySince;
  private long awayUntil;

  /** What is known of a task. */
  private static final class Facts {
    private int claimed;
    private int ended;
    private boolean completed;
    private Optional<AttemptReported> word = Optional.empty();
    private Duration silence = Duration.ZERO;
    private final Set<Integer> stopped = new HashSet<>();
    private final Set<Instant> withdrawn = new HashSet<>();
    private final Map<Integer, Instant> releases = new HashMap<>();
  }

  Truth(Timeline timeline, Catalogue catalogue) {
    this.timeline = timeline;
    this.catalogue = catalogue;
    this.accounts = new Accounts(this, catalogue);
  }

  /** What studies may take and took. */
  Accounts accounts() {
    return accounts;
  }

  private Facts of(TaskId task) {
    return facts.computeIfAbsent(task, _ -> new Facts());
  }

  /** {@code events} stand on the log, all of them at once. */
  void written(List<Event> events, String producer, boolean together) {
    for (Event event : events) {
      switch (event) {
        case AttemptReported word -> heard(word);
        case OutcomePublished ended -> ended(ended, events);
        case TaskReleased released -> released(released);
        case TaskWithdrawn withdrawn -> of(withdrawn.task()).withdrawn.add(withdrawn.released());
        case MaskPublished mask -> require(together, Invariant.EFFECTS_TOGETHER, mask, producer);
        case MetricSampled _, Event.AttemptLogged _ -> {}
        case Event.StudyWished wished -> accounts.wished(wished);
        case Event.BudgetSpent spent -> accounts.spent(spent, Simulation.instant(timeline.now()));
      }
    }
  }

  private void heard(AttemptReported word) {
    Facts known = of(word.task());
    accounts.heard(word);
    if (word.phase() == Phase.CLAIMED) {
      claimed(word, known);
    }
    if (isStopped(word)) {
      known.stopped.add(word.attempt());
    }
    if (word.attempt() == known.claimed) {
      known.silence = word.phase() == Phase.CLAIMED ? Duration.ZERO : silenceOf(known);
      known.word = Optional.of(word);
    }
  }

  /** How old the newest word of the attempt at work has ever been. */
  private Duration silenceOf(Facts known) {
    return known
        .word
        .map(word -> Duration.between(word.at(), Simulation.instant(timeline.now())))
        .filter(now -> now.compareTo(known.silence) > 0)
        .orElse(known.silence);
  }

  private void claimed(AttemptReported claim, Facts known) {
    boolean rises = claim.attempt() > known.claimed && claim.attempt() > known.ended;
    require(rises, Invariant.NUMBERS_RISE, claim, "after " + known.claimed);
    require(!known.completed, Invariant.NOTHING_AFTER_COMPLETION, claim, "");
    require(areParentsDone(claim.task()), Invariant.PARENTS_FIRST, claim, "");
    accounts.claimed(claim);
    known.claimed = claim.attempt();
    claims++;
  }

  private boolean areParentsDone(TaskId task) {
    return catalogue.work(task).task().parents().stream().allMatch(this::isCompleted);
  }

  private void ended(OutcomePublished ended, List<Event> events) {
    Facts known = of(ended.task());
    boolean first = !known.completed && ended.attempt() > known.ended;
    require(first, Invariant.ONE_OUTCOME, ended, "after that of attempt " + known.ended);
    boolean highest = ended.attempt() == known.claimed;
    require(highest, Invariant.SUPERSEDED_COMMITS_NOTHING, ended, "claimed " + known.claimed);
    known.ended = ended.attempt();
    accounts.ended(ended);
    if (ended.outcome() instanceof Outcome.Completed) {
      require(areWhole(ended, events), Invariant.EFFECTS_TOGETHER, ended, "");
      known.completed = true;
      completed++;
    }
  }

  private boolean areWhole(OutcomePublished ended, List<Event> events) {
    boolean prunes = catalogue.work(ended.task()).task() instanceof PruneTask;
    long masks = events.stream().filter(MaskPublished.class::isInstance).count();
    long figures =
        events.stream()
            .filter(MetricSampled.class::isInstance)
            .map(MetricSampled.class::cast)
            .filter(sample -> sample.attempt() == ended.attempt())
            .count();
    return masks == (prunes ? 1 : 0) && figures == 1;
  }

  private void released(TaskReleased released) {
    accounts.released(released);
    require(areParentsDone(released.task()), Invariant.PARENTS_FIRST, released, "");
    Facts known = of(released.task());
    boolean atWork =
        released.after() == known.claimed
            && known.claimed > known.ended
            && !known.stopped.contains(known.claimed);
    boolean silent = silenceOf(known).compareTo(Simulation.LOCK) > 0;
    require(!atWork || silent, Invariant.ANSWERED_FOR_A_REASON, released, "");
    Instant before = known.releases.put(released.after(), released.at());
    if (before != null && !known.withdrawn.contains(before)) {
      Duration apart = Duration.between(before, released.at());
      boolean bounded = apart.plus(Host.MOST_SKEW.multipliedBy(2)).compareTo(twoLocks()) >= 0;
      require(bounded, Invariant.RELEASES_BOUNDED, released, apart.toString());
    }
  }

  private static Duration twoLocks() {
    return Simulation.LOCK.multipliedBy(2);
  }

  /** The newest word of the highest attempt; empty when nobody claimed the task. */
  Optional<AttemptReported> wordOf(TaskId task) {
    return of(task).word;
  }

  /** Whether {@code task} is completed. */
  boolean isCompleted(TaskId task) {
    return of(task).completed;
  }

  /** Whether {@code task} ended without a result and was not tried again. */
  boolean isFailed(TaskId task) {
    Facts known = of(task);
    return !known.completed && known.ended > 0 && known.ended >= known.claimed;
  }

  int completed() {
    return completed;
  }

  int claims() {
    return claims;
  }

  /**
   * A worker finds the task free.
   *
   * @param worker who finds; what it had before it has left
   * @param begun when its life began, in ms
   * @param stood the newest word that stood on the log when it began to look
   * @param read the newest word that it has read
   */
  void foundFree(
      TaskReleased released,
      String worker,
      long begun,
      Optional<AttemptReported> stood,
      Optional<AttemptReported> read) {
    if (stood.isEmpty() || stood.get().attempt() <= released.after()) {
      return;
    }
    // Who has read the newest of all goes by that, and it may be dated before: clocks are set back.
    boolean all = read.isPresent() && read.equals(wordOf(released.task()));
    AttemptReported word = all ? read.get() : stood.get();
    Duration age = Duration.between(word.at(), Simulation.instant(timeline.now()));
    boolean young = age.plus(Host.MOST_SKEW).compareTo(Simulation.LOCK) < 0;
    Facts known = of(released.task());
    boolean over = known.stopped.contains(word.attempt()) || known.claimed > word.attempt();
    boolean another = !over && !word.worker().equals(worker);
    require(!(another && young), Invariant.LIVING_ATTEMPTS_KEEP, released, "from " + brief(word));
    boolean explained = another && hasMissedALock(begun);
    require(!explained, Invariant.SILENCE_IS_HEARD, released, "from " + brief(word));
  }

  /** The broker answers nobody from {@code since} until {@code until}, in ms. */
  void away(long since, long until) {
    awaySince = since;
    awayUntil = until;
  }

  /**
   * Whether the broker was away for more than a lock, and is not back for half of one: an answer
   * from before, read late, and an absence too short for a break may make up for the other half.
   */
  private boolean hasMissedALock(long begun) {
    long lock = Simulation.LOCK.toMillis();
    long missed = Math.min(timeline.now(), awayUntil) - awaySince;
    long back = timeline.now() - awayUntil + 2 * Host.MOST_SKEW.toMillis();
    return begun <= awaySince && missed > lock && back < lock / 2;
  }

  private static boolean isStopped(AttemptReported word) {
    return word.phase() == Phase.PREEMPTED || word.phase() == Phase.FAILED;
  }

  /**
   * A worker goes on from a claim's checkpoint.
   *
   * @param stood the newest word that stood on the log after the fence
   */
  void resumes(AttemptReported claim, Optional<AttemptReported> stood) {
    int newest = catalogue.unitsAt(stood.flatMap(AttemptReported::checkpoint));
    boolean found = catalogue.unitsAt(claim.checkpoint()) >= newest;
    require(found, Invariant.NEWEST_CHECKPOINT, claim, "behind " + newest + " units");
  }

  /** An attempt drops its work as it is about to complete. */
  void givenUp(TaskReleased released, int attempt) {
    Facts known = of(released.task());
    boolean others =
        known.claimed > attempt
            || known.ended >= attempt
            || known.withdrawn.contains(released.at());
    require(others, Invariant.WORK_KEPT, released, "attempt " + attempt);
  }

  /**
   * A delivery was accepted by the worker that held it.
   *
   * @param over whether the worker's own attempt at it, if it has one, is over
   */
  void accepted(TaskReleased released, boolean over) {
    letGo(released);
    require(over, Invariant.ACCEPTED_WHEN_OVER, released, "its attempt is at work");
  }

  /** A delivery was accepted by the worker that held it, whether its attempt is over or not. */
  void letGo(TaskReleased released) {
    Facts known = of(released.task());
    boolean someones =
        known.completed
            || known.claimed > released.after()
            || known.withdrawn.contains(released.at());
    require(someones, Invariant.ACCEPTED_WHEN_OVER, released, "nobody has claimed it");
  }

  /** Throws unless {@code holds}. */
  void require(boolean holds, Invariant invariant, Object what, String why) {
    if (!holds) {
      throw new Broken(invariant, brief(what) + " " + why + " at " + timeline.now() + " ms");
    }
  }

  private static String brief(Object what) {
    return switch (what) {
      case AttemptReported word ->
          "attempt %d at %s, %s by %s"
              .formatted(word.attempt(), word.task().digest().brief(), word.phase(), word.worker());
      case OutcomePublished ended ->
          "outcome of attempt %d at %s by %s"
              .formatted(ended.attempt(), ended.task().digest().brief(), ended.worker());
      case TaskReleased released ->
          "release of %s after %d".formatted(released.task().digest().brief(), released.after());
      default -> what.toString();
    };
  }
}
