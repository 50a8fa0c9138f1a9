package dev.espalier.fleet.browser;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A study whose tasks went as training and pruning go; nothing of it was computed. */
final class ImaginedStudy {
  static final long STEPS = 1_200;
  private static final long EVERY = 20;
  private static final long EPOCH = 100;

  final Study study;
  final StudyId id;
  final List<Node> nodes;
  private final String name;
  private final Instant start;
  private final ImaginedMasks masks = new ImaginedMasks();

  ImaginedStudy(String name, Study study, Instant start) {
    this.name = name;
    this.study = study;
    this.start = start;
    this.id = Samples.NAMING.nameOf(study);
    this.nodes = TaskGraph.of(study, Samples.NAMING).nodes();
  }

  Event wished(Wish wish) {
    return new StudyWished(start, id, name, study, wish);
  }

  /** What is said of the {@code index}th task until it completed; {@code every} how many steps. */
  List<Event> completed(int index, long every) {
    Node node = nodes.get(index);
    List<Event> events = new ArrayList<>(samples(index, 1, STEPS, every));
    if (node.task() instanceof PruneTask prune) {
      events.add(published(node, prune));
    }
    Cost cost = new Cost(STEPS * 128, Duration.ofSeconds(95 + index % 7));
    events.add(
        new OutcomePublished(
            at(index, STEPS),
            id,
            node.id(),
            1,
            worker(index),
            new Outcome.Completed(result(node), Samples.NUMERICS, cost)));
    return events;
  }

  List<Event> completed(int index) {
    return completed(index, EVERY);
  }

  /** What is said of the {@code index}th task that is worked on and is at {@code step}. */
  List<Event> running(int index, long step) {
    List<Event> events = new ArrayList<>();
    events.add(released(index));
    events.addAll(samples(index, 1, step, EVERY));
    events.add(reported(index, Instant.now(), step));
    return events;
  }

  Event released(int index) {
    Node node = nodes.get(index);
    return new TaskReleased(at(index, 0), id, node.id(), node.task(), 0);
  }

  /** What the first attempt at the {@code index}th task writes of its work. */
  Event logged(int index, String... texts) {
    List<LogLine> lines =
        Arrays.stream(texts)
            .map(text -> new LogLine(Instant.now(), LogLine.Level.INFO, text))
            .toList();
    return new AttemptLogged(Instant.now(), id, nodes.get(index).id(), 1, worker(index), lines);
  }

  private Event reported(int index, Instant at, long step) {
    double speed = 1_300 + 37 * (index % 9);
    int epoch = (int) (step / EPOCH);
    Progress progress =
        new Progress(step, STEPS, epoch, (int) (STEPS / EPOCH), speed, loss(index, step));
    return new AttemptReported(
        at,
        id,
        nodes.get(index).id(),
        1,
        worker(index),
        Phase.RUNNING,
        progress,
        Optional.of(Samples.digest("checkpoint" + index)),
        Optional.empty());
  }

  /** Samples of the {@code index}th task, one each so many steps. */
  List<Event> samples(int index, long from, long to, long every) {
    List<Event> events = new ArrayList<>();
    for (long step = from + every - 1; step <= to; step += every) {
      events.add(sample(index, step));
    }
    return events;
  }

  /** What the {@code index}th task measured at {@code step}; accuracy at the end of epochs only. */
  MetricSampled sample(int index, long step) {
    double rate = step < STEPS / 2 ? 0.1 : step < 3 * STEPS / 4 ? 0.01 : 0.001;
    Map<String, Double> values =
        step % EPOCH == 0
            ? Map.of(
                "train_loss",
                loss(index, step),
                "learning_rate",
                rate,
                "test_accuracy",
                0.92 - 0.8 * loss(index, step) / 2.6)
            : Map.of("train_loss", loss(index, step), "learning_rate", rate);
    return new MetricSampled(at(index, step), id, nodes.get(index).id(), 1, step, values);
  }

  private static double loss(int index, long step) {
    double noise = new Random(index * 100_003L + step).nextGaussian();
    double level = 0.22 + 0.05 * (index % 5);
    double dropped = step < STEPS / 2 ? 0.35 : step < 3 * STEPS / 4 ? 0.1 : 0.05;
    return Math.max(0.02, level + dropped + 2 * Math.exp(-step / 90.0) + 0.04 * noise);
  }

  private Event published(Node node, PruneTask prune) {
    Mask mask = mask(prune);
    return new MaskPublished(
        start.plusSeconds(1),
        id,
        node.id(),
        prune.objective(),
        prune.round(),
        prune.setting().seed(),
        mask.summary(parent(prune).map(Mask::digest)),
        Optional.of(mask));
  }

  Mask mask(PruneTask prune) {
    return masks.of(prune.objective(), prune.setting().seed(), density(prune.level()));
  }

  private Optional<Mask> parent(PruneTask prune) {
    return prune.round() == 0
        ? Optional.empty()
        : Optional.of(
            masks.of(prune.objective(), prune.setting().seed(), density(prune.level() - 1)));
  }

  private double density(int level) {
    return Math.pow(1 - study.pruning().recipe().fraction(), level);
  }

  private Result result(Node node) {
    if (node.task() instanceof PruneTask prune) {
      return new Result.Pruned(
          score(node),
          mask(prune).summary(parent(prune).map(Mask::digest)),
          Samples.digest("trained" + node.id()),
          Samples.digest("rewind" + node.id()));
    }
    long total = masks.of(study.objectives().getFirst(), 1, 1).count();
    int level = node.places().getFirst().level();
    return new Result.Evaluated(score(node), Math.round(total * density(level)), total);
  }

  /** Tickets hold on longest, controls let go first. */
  private static Score score(Node node) {
    Place place = node.places().getFirst();
    String arm = place.arm().toString();
    double base = arm.startsWith("rotation") ? 0.905 : 0.925;
    double hold = arm.endsWith("ticket") ? 4.5 : arm.endsWith("trained") ? 5 : 2.5;
    double noise =
        new Random(arm.hashCode() * 31L + place.seed() * 7 + place.level()).nextGaussian();
    double lost = 0.018 * Math.pow(Math.max(0, place.level() - hold), 1.7) + 0.004 * place.level();
    double accuracy = Math.clamp(base - lost + 0.006 * noise, 0.1, 0.99);
    return new Score(accuracy, 1 - accuracy);
  }

  private Instant at(int index, long step) {
    return start.plusSeconds(10L * index).plusMillis(50 * step);
  }

  private static String worker(int index) {
    return "gpu-rack-%d/%d".formatted(1 + index % 2, index % 4);
  }
}
