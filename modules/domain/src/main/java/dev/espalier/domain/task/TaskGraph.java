package dev.espalier.domain.task;

import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a study, and which needs which.
 *
 * <p>For each seed and objective there is a chain of prune tasks. The one of round n trains at
 * level n (weights removed n times) and publishes the mask of level n + 1. A probe looks at trained
 * weights, so a study with probes trains at its last level too; otherwise its last mask is enough.
 * The dense network is judged once for all arms that agree on it: training on labels is itself the
 * dense ticket, and fresh weights without a mask serve {@code reinit} and {@code random} alike.
 */
public final class TaskGraph {
  private final Map<TaskId, Node> nodes;

  private TaskGraph(Map<TaskId, Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * The graph of {@code study}.
   *
   * @throws IllegalArgumentException when the study's data are not pinned
   */
  public static TaskGraph of(Study study, Naming naming) {
    Expansion expansion = new Expansion(study, naming);
    study.seeds().forEach(expansion::addSeed);
    return new TaskGraph(expansion.nodes);
  }

  /** The tasks, each after its parents, in the order in which they are best released. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** The node of {@code task}; empty when the study does not need it. */
  public Optional<Node> node(TaskId task) {
    return Optional.ofNullable(nodes.get(task));
  }

  /** Collects the nodes; the same task met twice keeps both places. */
  private static final class Expansion {
    private final Study study;
    private final Naming naming;
    private final Map<TaskId, Node> nodes = new LinkedHashMap<>();

    private Expansion(Study study, Naming naming) {
      this.study = study;
      this.naming = naming;
    }

    private void addSeed(long seed) {
      Setting setting =
          new Setting(study.data(), study.network(), seed, study.training(), study.precision());
      for (Objective objective : study.objectives()) {
        List<TaskId> chain = addChain(setting, objective);
        for (int level = 0; level <= study.pruning().rounds(); level++) {
          addEvaluations(setting, objective, chain, level);
        }
      }
    }

    private List<TaskId> addChain(Setting setting, Objective objective) {
      int trainings = study.pruning().rounds() + (probes() ? 1 : 0);
      List<TaskId> chain = new ArrayList<>();
      for (int round = 0; round < trainings; round++) {
        Optional<TaskId> parent = chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast());
        Task task = new PruneTask(setting, objective, study.pruning().recipe(), round, parent);
        chain.add(add(task, new Place(Arm.trained(objective), setting.seed(), round)));
      }
      return chain;
    }

    private boolean probes() {
      return study.evaluations().contains(Evaluation.PROBE);
    }

    private void addEvaluations(
        Setting setting, Objective objective, List<TaskId> chain, int level) {
      Optional<TaskId> mask = level == 0 ? Optional.empty() : Optional.of(chain.get(level - 1));
      for (Evaluation evaluation : study.evaluations()) {
        boolean first = objective == study.objectives().getFirst();
        if (evaluation == Evaluation.RANDOM && !first) {
          continue;
        }
        Place place = new Place(Arm.of(objective, evaluation), setting.seed(), level);
        if (evaluation == Evaluation.TICKET && level == 0 && trainsOnLabels(objective)) {
          fill(chain.getFirst(), place);
        } else {
          add(evaluationOf(setting, evaluation, mask, chain, level), place);
        }
      }
    }

    /** Whether round 0 is the very training that judges the dense network. */
    private boolean trainsOnLabels(Objective objective) {
      return objective == Objective.LABELS && study.pruning().recipe().moment() == Moment.TRAINED;
    }

    private static Task evaluationOf(
        Setting setting,
        Evaluation evaluation,
        Optional<TaskId> mask,
        List<TaskId> chain,
        int level) {
      return switch (evaluation) {
        case TICKET -> new EvaluateTask(setting, evaluation, mask, Optional.of(chain.getFirst()));
        case PROBE -> new EvaluateTask(setting, evaluation, mask, Optional.of(chain.get(level)));
        case REINIT -> new EvaluateTask(setting, evaluation, mask, Optional.empty());
        case RANDOM -> {
          Evaluation fresh = mask.isEmpty() ? Evaluation.REINIT : evaluation;
          yield new EvaluateTask(setting, fresh, mask, Optional.empty());
        }
      };
    }

    private TaskId add(Task task, Place place) {
      TaskId id = naming.nameOf(task);
      nodes.putIfAbsent(id, new Node(id, task, List.of()));
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
}
