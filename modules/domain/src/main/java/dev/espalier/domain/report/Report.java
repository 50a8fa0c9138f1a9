package dev.espalier.domain.report;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a study has found so far.
 *
 * @param study its name
 * @param content what was asked for
 * @param tasks how many tasks it has
 * @param completed how many of them are done
 * @param cells arm by arm in the order of the study, each from dense to sparse; only those with at
 *     least one accuracy
 * @param cuts networks right after each cut, objective by objective, each from dense to sparse
 * @param naturalSparsity of the dense networks, objective by objective
 * @param comparisons of the arms at the lowest density, where both have two or more seeds
 * @param masks the masks found, round by round
 * @param failures tasks that ended without a result
 * @param numerics the different ways in which the figures were computed
 * @param cost what all completed tasks took, whichever study they were planned for
 * @param spent which part of the study's budget ended it; absent where none did
 */
public record Report(
    StudyId study,
    Study content,
    int tasks,
    int completed,
    List<Cell> cells,
    List<CutCell> cuts,
    List<NaturalSparsity> naturalSparsity,
    List<Comparison> comparisons,
    List<FoundMask> masks,
    List<OutcomePublished> failures,
    Set<Numerics> numerics,
    Cost cost,
    Optional<Budget.Limit> spent) {
  /** Copies the collections. */
  public Report {
    cells = List.copyOf(cells);
    cuts = List.copyOf(cuts);
    naturalSparsity = List.copyOf(naturalSparsity);
    comparisons = List.copyOf(comparisons);
    masks = List.copyOf(masks);
    failures = List.copyOf(failures);
    numerics = Set.copyOf(numerics);
  }

  /** The report of {@code study}, whose graph is {@code graph}, by {@code standings}. */
  public static Report of(StudyId study, Study content, TaskGraph graph, Standings standings) {
    return new Reporter(study, content, graph, standings).report();
  }

  /** The arms of {@code study}: its objectives' own accuracies last, variant by variant. */
  public static List<Arm> armsOf(Study study) {
    List<Arm> arms = new ArrayList<>();
    for (String variant : study.prunings().keySet()) {
      for (Evaluation evaluation : study.evaluationsOf(variant)) {
        study.objectives().stream()
            .map(objective -> Arm.of(objective, evaluation).in(variant))
            .forEach(arms::add);
      }
      study.objectives().stream()
          .map(objective -> Arm.trained(objective).in(variant))
          .forEach(arms::add);
    }
    return arms.stream().distinct().toList();
  }

  /** The arms of {@code study} that are trained on an objective itself, variant by variant. */
  public static List<Arm> trainedArmsOf(Study study) {
    return armsOf(study).stream().filter(arm -> arm.evaluation().isEmpty()).toList();
  }

  /** Whether every task is done. */
  public boolean isComplete() {
    return completed == tasks;
  }

  /** The cell of {@code arm} at {@code level}; empty before its first accuracy. */
  public Optional<Cell> cell(Arm arm, int level) {
    return cells.stream()
        .filter(cell -> cell.arm().equals(arm) && cell.level() == level)
        .findFirst();
  }
}
