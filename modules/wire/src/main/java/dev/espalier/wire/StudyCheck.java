package dev.espalier.wire;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.wire.SchemaCheck.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What no single value of a study shows: points past the end of training, milestones out of order,
 * a batch larger than its data, no time to cut in. Steps and images are compared with epochs only
 * where the study says how many images it trains on.
 */
final class StudyCheck {
  private final List<Finding> findings = new ArrayList<>();

  private StudyCheck() {}

  /** What is wrong with {@code study}, if anything. */
  static List<Finding> findings(Study study) {
    StudyCheck check = new StudyCheck();
    List<Run> own = new ArrayList<>();
    own.add(check.run("/training", study.data(), study.training()));
    study
        .trainings()
        .forEach(
            (name, training) -> own.add(check.run("/trainings/" + name, study.data(), training)));
    study
        .transfers()
        .forEach(
            (name, transfer) -> {
              String pointer = "/transfers/" + name + "/training";
              Run run = check.run(pointer, transfer.data(), transfer.training());
              if (study.evaluations().contains(new Evaluation(Protocol.PRUNED, name))) {
                own.add(run);
              }
            });
    if (check.findings.isEmpty()) {
      check.rewinds(study, own);
      check.cuts(study, own);
    }
    return check.findings;
  }

  private Run run(String pointer, DataSpec data, Training training) {
    Run run = new Run(pointer, data, training);
    run.check();
    return run;
  }

  private void rewinds(Study study, List<Run> runs) {
    for (Run run : runs) {
      study
          .prunings()
          .forEach(
              (variant, pruning) ->
                  run.requireBeforeEnd(part(variant) + "/rewind", pruning.recipe().rewind()));
    }
  }

  private static String part(String variant) {
    return variant.isEmpty() ? "/pruning" : "/variants/" + variant;
  }

  /** Networks are cut in the study's own training unless every objective has another. */
  private void cuts(Study study, List<Run> runs) {
    boolean usual =
        study.objectives().stream()
            .anyMatch(objective -> !study.trainings().containsKey(objective.toString()));
    for (Run run : runs.subList(usual ? 0 : 1, runs.size())) {
      study
          .prunings()
          .forEach(
              (variant, pruning) -> {
                Recipe recipe = pruning.recipe();
                if (recipe.schedule() instanceof PruningSchedule.Cubic cubic) {
                  run.requireTimeToCut(part(variant) + "/schedule", recipe.rewind(), cubic);
                }
              });
    }
  }

  private void complain(String pointer, String text) {
    Finding finding = new Finding(pointer, SchemaCheck.dotted(pointer) + text);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** One training on some data. */
  private final class Run {
    private final String pointer;
    private final DataSpec data;
    private final Training training;
    private final OptionalInt stepsPerEpoch;

    private Run(String pointer, DataSpec data, Training training) {
      this.pointer = pointer;
      this.data = data;
      this.training = training;
      this.stepsPerEpoch = data.train().stream().map(train -> train / training.batch()).findFirst();
    }

    private void check() {
      if (stepsPerEpoch.orElse(1) == 0) {
        complain(
            pointer + "/batch",
            ": expected at most the %d images of data.train, got %d"
                .formatted(data.train().orElseThrow(), training.batch()));
      } else {
        points();
      }
    }

    private void points() {
      requireWithin(pointer + "/warmUp", training.warmUp());
      List<TrainingPoint> milestones = training.milestones();
      for (int i = 0; i < milestones.size(); i++) {
        String at = pointer + "/milestones/" + i;
        requireWithin(at, milestones.get(i));
        if (i > 0 && lead(milestones.get(i), milestones.get(i - 1)).orElse(1) <= 0) {
          complain(
              at,
              ": expected a point after %s, got %s"
                  .formatted(milestones.get(i - 1), milestones.get(i)));
        }
      }
    }

    private void requireWithin(String at, TrainingPoint point) {
      TrainingPoint end = TrainingPoint.epochs(training.epochs());
      if (lead(point, end).orElse(0) > 0) {
        complain(at, ": expected a point within the training's " + end + ", got " + point);
      }
    }

    private void requireBeforeEnd(String at, TrainingPoint point) {
      TrainingPoint end = TrainingPoint.epochs(training.epochs());
      if (lead(point, end).orElse(-1) >= 0) {
        complain(at, ": expected a point before the training's end at " + end + ", got " + point);
      }
    }

    /** A cubic schedule cuts after rewind point and warm-up, every so many steps, up to its end. */
    private void requireTimeToCut(String at, TrainingPoint rewind, PruningSchedule.Cubic cubic) {
      if (stepsPerEpoch.isPresent()) {
        double begin = Math.max(steps(rewind), steps(training.warmUp()));
        double end = Math.floor(cubic.end() * training.epochs() * stepsPerEpoch.orElseThrow());
        if (end - begin < cubic.every()) {
          complain(
              at,
              ": expected at least %d steps to cut in, got those from %.0f to %.0f"
                  .formatted(cubic.every(), begin, end));
        }
      }
    }

    /** How much later {@code one} is than {@code other}; empty where nobody can know. */
    private OptionalDouble lead(TrainingPoint one, TrainingPoint other) {
      if (isInEpochs(one) && isInEpochs(other)) {
        return OptionalDouble.of((double) one.amount() - other.amount());
      }
      boolean known = stepsPerEpoch.isPresent() || !(isInEpochs(one) || isInEpochs(other));
      return known ? OptionalDouble.of(steps(one) - steps(other)) : OptionalDouble.empty();
    }

    private boolean isInEpochs(TrainingPoint point) {
      return point.unit() == TrainingPoint.Unit.EPOCHS;
    }

    private double steps(TrainingPoint point) {
      return isInEpochs(point)
          ? (double) point.amount() * stepsPerEpoch.orElseThrow()
          : point.steps(stepsPerEpoch.orElse(1), training.batch());
    }
  }
}
