package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects the tasks of a study; the same task met twice keeps both places. */
final class Expansion {
  private final Study study;
  private final Naming naming;
  private final Map<TaskId, Node> nodes = new LinkedHashMap<>();

  Expansion(Study study, Naming naming) {
    this.study = study;
    this.naming = naming;
  }

  TaskGraph graph() {
    for (long seed : study.seeds()) {
      Map<Objective, Line> own = new HashMap<>();
      study
          .prunings()
          .forEach(
              (variant, pruning) -> {
                for (Objective objective : study.objectives()) {
                  Line line =
                      new Line(
                          seed,
                          objective,
                          variant,
                          pruning,
                          chain(seed, objective, variant, pruning));
                  own.putIfAbsent(objective, line);
                  addEvaluations(line, own.get(objective));
                }
              });
    }
    return new TaskGraph(nodes);
  }

  /**
   * What one seed of an objective is pruned by.
   *
   * @param chain its prune tasks, round by round; where scores are shared out, their cuts
   */
  private record Line(
      long seed, Objective objective, String variant, Pruning pruning, List<TaskId> chain) {
    Recipe recipe() {
      return pruning.recipe();
    }

    /** Whether its dense network is that of {@code other}, W_k and all. */
    boolean beginsAs(Line other) {
      return recipe().moment() == other.recipe().moment()
          && recipe().rewind().equals(other.recipe().rewind());
    }

    Optional<TaskId> mask(int level) {
      return level == 0 ? Optional.empty() : Optional.of(chain.get(recipe().roundOf(level)));
    }

    Place place(Evaluation evaluation, int level) {
      return new Place(Arm.of(objective, evaluation).in(variant), seed, level);
    }
  }

  private Setting setting(long seed, Training training) {
    return new Setting(study.data(), study.network(), seed, training, study.precision());
  }

  private Setting setting(long seed, Transfer transfer) {
    return new Setting(
        transfer.data(), study.network(), seed, transfer.training(), study.precision());
  }

  private List<TaskId> chain(long seed, Objective objective, String variant, Pruning pruning) {
    Setting setting = setting(seed, study.trainingOn(objective));
    boolean last = looksAtTrainedWeights() || trainsItsLastLevel(pruning.recipe());
    int trainings = pruning.rounds() + (last ? 1 : 0);
    List<TaskId> chain = new ArrayList<>();
    for (int round = 0; round < trainings; round++) {
      Optional<TaskId> before = before(chain, pruning.recipe());
      PruneTask task = new PruneTask(setting, objective, pruning.recipe(), round, before);
      Place place = new Place(Arm.trained(objective).in(variant), seed, round);
      chain.add(addRound(task, pruning, place));
    }
    return chain;
  }

  /** Adds a round, and returns what the next one builds on. */
  private TaskId addRound(PruneTask task, Pruning pruning, Place place) {
    if (!task.recipe().sharesScores() || task.round() == pruning.rounds()) {
      return add(task, place);
    }
    TaskId trained = add(task);
    List<TaskId> scores = new ArrayList<>();
    for (int shard = 0; shard < task.recipe().shards(); shard++) {
      scores.add(
          add(new ScoreTask(task.setting(), task.objective(), task.recipe(), trained, shard)));
    }
    return add(
        new CutTask(task.setting(), task.objective(), task.recipe(), task.round(), trained, scores),
        place);
  }

  /** What the next round of a chain begins with. */
  private static Optional<TaskId> before(List<TaskId> chain, Recipe recipe) {
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(recipe.goesRoundByRound() ? chain.getLast() : chain.getFirst());
  }

  private static boolean trainsItsLastLevel(Recipe recipe) {
    return recipe.retrain() != Retraining.REWIND || !recipe.goesRoundByRound();
  }

  private boolean looksAtTrainedWeights() {
    return study.evaluations().stream()
        .anyMatch(evaluation -> evaluation.protocol().weights() == Protocol.Weights.TRAINED);
  }

  private void addEvaluations(Line line, Line own) {
    for (int level = 0; level <= line.pruning().rounds(); level++) {
      for (Evaluation evaluation : study.evaluationsOf(line.variant())) {
        if (evaluation.protocol().isControl() && !isFirst(line.objective())) {
          continue;
        }
        if (evaluation.protocol() == Protocol.PRUNED) {
          if (level == 0) {
            addPrunedThere(line, evaluation);
          }
        } else {
          addEvaluation(
              level == 0 && line.beginsAs(own) ? own : line,
              evaluation,
              line.place(evaluation, level));
        }
      }
    }
  }

  private boolean isFirst(Objective objective) {
    return objective.equals(study.objectives().getFirst());
  }

  private void addEvaluation(Line line, Evaluation evaluation, Place place) {
    boolean dense = place.level() == 0;
    if (dense && evaluation.equals(Evaluation.TICKET) && isTicketItself(line)) {
      fill(line.chain().getFirst(), place);
    } else {
      add(task(line, evaluation, place.level()), place);
    }
  }

  /** Whether round 0 is the very training that judges the dense network. */
  private boolean isTicketItself(Line line) {
    return line.objective().equals(Objective.LABELS)
        && line.recipe().moment() == Moment.TRAINED
        && study.trainingOn(line.objective()).equals(study.training());
  }

  private Task task(Line line, Evaluation evaluation, int level) {
    Setting setting = setting(line.seed(), study.training());
    Evaluation how = evaluation;
    if (evaluation.protocol() == Protocol.TRANSFER) {
      Transfer transfer = study.transferOf(evaluation);
      setting = setting(line.seed(), transfer);
      how = new Evaluation(Protocol.TRANSFER, transfer.data().name().toString());
    }
    boolean permuted =
        evaluation.protocol().isControl() || evaluation.protocol() == Protocol.SHUFFLED;
    if (level == 0 && permuted) {
      how = Evaluation.REINIT; // of a dense mask every permutation is the same
    }
    OptionalInt depth = how.protocol().isControl() ? line.recipe().depth() : OptionalInt.empty();
    return new EvaluateTask(setting, how, line.mask(level), weights(line, how, level), depth);
  }

  private static Optional<TaskId> weights(Line line, Evaluation evaluation, int level) {
    return switch (evaluation.protocol().weights()) {
      case FRESH -> Optional.empty();
      case REWOUND, DENSE -> Optional.of(line.chain().getFirst());
      case TRAINED -> Optional.of(line.chain().get(level));
    };
  }

  /** The rounds of a network that is pruned on another data set, from its dense weights here. */
  private void addPrunedThere(Line line, Evaluation evaluation) {
    Setting setting = setting(line.seed(), study.transferOf(evaluation));
    List<TaskId> chain = new ArrayList<>();
    for (int round = 0; round <= line.pruning().rounds(); round++) {
      Optional<TaskId> origin =
          round == 0 ? Optional.of(line.chain().getFirst()) : Optional.empty();
      Optional<TaskId> before = before(chain, line.recipe());
      PruneTask task =
          new PruneTask(setting, Objective.LABELS, line.recipe(), round, before, origin);
      chain.add(addRound(task, line.pruning(), line.place(evaluation, round)));
    }
  }

  private TaskId add(Task task) {
    TaskId id = naming.nameOf(task);
    nodes.putIfAbsent(id, new Node(id, task, List.of()));
    return id;
  }

  private TaskId add(Task task, Place place) {
    TaskId id = add(task);
    fill(id, place);
    return id;
  }

  private void fill(TaskId id, Place place) {
    nodes.computeIfPresent(
        id,
        (same, node) -> {
          List<Place> places = new ArrayList<>(node.places());
          places.add(place);
          return new Node(id, node.task(), places);
        });
  }
}
