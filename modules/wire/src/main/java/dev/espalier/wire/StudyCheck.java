package dev.espalier.wire;

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
 * a batch larger than its data. Steps are compared with epochs only where the study says how many
 * images it trains on.
 */
final class StudyCheck {
  private final Study study;
  private final Training training;
  private final OptionalInt stepsPerEpoch;
  private final List<Finding> findings = new ArrayList<>();

  private StudyCheck(Study study) {
    this.study = study;
    this.training = study.training();
    this.stepsPerEpoch =
        study.data().train().stream().map(train -> train / training.batch()).findFirst();
  }

  /** What is wrong with {@code study}, if anything. */
  static List<Finding> findings(Study study) {
    StudyCheck check = new StudyCheck(study);
    check.batch();
    if (check.findings.isEmpty()) {
      check.points();
    }
    return check.findings;
  }

  private void batch() {
    if (stepsPerEpoch.orElse(1) == 0) {
      int train = study.data().train().orElseThrow();
      findings.add(
          new Finding(
              "/training/batch",
              "training.batch: expected at most the "
                  + train
                  + " images of data.train, got "
                  + training.batch()));
    }
  }

  private void points() {
    requireWithin("/pruning/rewind", study.pruning().recipe().rewind());
    requireWithin("/training/warmUp", training.warmUp());
    List<TrainingPoint> milestones = training.milestones();
    for (int i = 0; i < milestones.size(); i++) {
      String pointer = "/training/milestones/" + i;
      requireWithin(pointer, milestones.get(i));
      if (i > 0 && lead(milestones.get(i), milestones.get(i - 1)).orElse(1) <= 0) {
        String text = ": expected a point after " + milestones.get(i - 1) + ", got ";
        complain(pointer, text + milestones.get(i));
      }
    }
  }

  private void requireWithin(String pointer, TrainingPoint point) {
    TrainingPoint end = TrainingPoint.epochs(training.epochs());
    if (lead(point, end).orElse(0) > 0) {
      complain(pointer, ": expected a point within the training's " + end + ", got " + point);
    }
  }

  private void complain(String pointer, String text) {
    findings.add(new Finding(pointer, SchemaCheck.dotted(pointer) + text));
  }

  /** How much later {@code one} is than {@code other}; empty where nobody can know. */
  private OptionalDouble lead(TrainingPoint one, TrainingPoint other) {
    if (one.unit() == other.unit()) {
      return OptionalDouble.of((double) one.amount() - other.amount());
    }
    return stepsPerEpoch.isPresent()
        ? OptionalDouble.of(steps(one) - steps(other))
        : OptionalDouble.empty();
  }

  private double steps(TrainingPoint point) {
    double perAmount =
        switch (point.unit()) {
          case EPOCHS -> stepsPerEpoch.orElseThrow();
          case ITERATIONS -> 1;
        };
    return point.amount() * perAmount;
  }
}
