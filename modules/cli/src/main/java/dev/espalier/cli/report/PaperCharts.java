package dev.espalier.cli.report;

import dev.espalier.cli.plot.Chart;
import dev.espalier.cli.plot.Curve;
import dev.espalier.cli.plot.Panel;
import dev.espalier.cli.plot.Point;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report as the figures of Caron et al. 2020: a colour says which objective found a mask, grey is
 * chance.
 */
final class PaperCharts {
  private final Report report;
  private final Study study;
  private final String caption;

  PaperCharts(Report report, String name) {
    this.report = report;
    this.study = report.content();
    this.caption = Captions.of(report, name);
  }

  /**
   * Masks retrained on labels, winning tickets beside fresh weights (figures 3, 5 and 8); empty
   * where a study does neither.
   */
  Optional<Chart> retraining() {
    List<Curve> tickets = found(Protocol.TICKET, 0);
    List<Curve> reinits = new ArrayList<>(found(Protocol.REINIT, 0));
    reinits.addAll(found(Protocol.SHUFFLED, 1));
    return chart(
        "retrained on labels",
        Stream.of(
                new Panel("Winning tickets", tickets),
                new Panel("Random re-initialisation", reinits))
            .filter(panel -> !panel.curves().isEmpty())
            .map(this::withChance)
            .toList());
  }

  private Panel withChance(Panel panel) {
    Stream<Curve> chance =
        Stream.of(
            new Curve("random", Colours.CHANCE, 1, points(Protocol.RANDOM)),
            new Curve("random, adjusted", Colours.CHANCE, 2, points(Protocol.ADJUSTED)));
    return new Panel(
        panel.caption(),
        Stream.concat(panel.curves().stream(), chance.filter(curve -> !curve.points().isEmpty()))
            .toList());
  }

  private List<Point> points(Protocol control) {
    Arm arm = Arm.of(study.objectives().getFirst(), Evaluation.of(control));
    return AccuracyChart.points(report, arm);
  }

  /** What linear classifiers read off frozen features (figure 1); empty without any. */
  Optional<Chart> features() {
    List<Curve> curves = found(Protocol.PROBE, 0);
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(caption + ", linear classifier on frozen features", curves, List.of()));
  }

  /**
   * Winning tickets, or masks from fresh weights where no ticket is asked for, of each way to
   * remove weights beside the others (so are figures 4 and 9); empty without variants.
   */
  Optional<Chart> variants() {
    Evaluation judged =
        study.evaluations().contains(Evaluation.TICKET) ? Evaluation.TICKET : Evaluation.REINIT;
    if (study.variants().isEmpty()) {
      return Optional.empty();
    }
    return chart(
        judged + " by way to remove weights",
        study.prunings().keySet().stream()
            .map(
                variant ->
                    new Panel(variant.isEmpty() ? "own way" : variant, curves(variant, judged)))
            .filter(panel -> !panel.curves().isEmpty())
            .toList());
  }

  private List<Curve> curves(String variant, Evaluation judged) {
    Stream<Curve> found =
        study.objectives().stream()
            .map(
                objective ->
                    new Curve(
                        objective.toString(),
                        Colours.of(study.objectives().indexOf(objective)),
                        0,
                        AccuracyChart.points(report, Arm.of(objective, judged).in(variant))));
    Stream<Curve> chance =
        Stream.of(
            new Curve(
                "random", Colours.CHANCE, 1, AccuracyChart.points(report, Arm.RANDOM.in(variant))));
    return Stream.concat(found, chance).filter(curve -> !curve.points().isEmpty()).toList();
  }

  /** Networks taken over to other data, pruned before or there (figure 2); empty without any. */
  Optional<Chart> transfers() {
    List<Panel> panels =
        study.transfers().keySet().stream()
            .map(
                data ->
                    new Panel(
                        "Fine-tuned on " + data,
                        Stream.concat(
                                curves(new Evaluation(Protocol.TRANSFER, data), 0),
                                curves(new Evaluation(Protocol.PRUNED, data), 1))
                            .toList()))
            .filter(panel -> !panel.curves().isEmpty())
            .toList();
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(Chart.ofPanels(caption + ", taken over", panels, List.of()));
  }

  private Optional<Chart> chart(String what, List<Panel> panels) {
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Chart.ofPanels(
                caption + ", " + what, panels, AccuracyChart.dense(report).stream().toList()));
  }

  /** The curves of each evaluation by {@code protocol}. */
  private List<Curve> found(Protocol protocol, int stroke) {
    List<Evaluation> evaluations =
        study.evaluations().stream()
            .filter(evaluation -> evaluation.protocol() == protocol)
            .toList();
    return evaluations.stream()
        .flatMap(evaluation -> curves(evaluation, stroke + evaluations.indexOf(evaluation)))
        .toList();
  }

  private Stream<Curve> curves(Evaluation evaluation, int stroke) {
    return study.objectives().stream()
        .filter(objective -> study.evaluations().contains(evaluation))
        .map(objective -> curve(objective, evaluation, stroke))
        .filter(curve -> !curve.points().isEmpty());
  }

  private Curve curve(Objective objective, Evaluation evaluation, int stroke) {
    return new Curve(
        objective + suffix(evaluation),
        Colours.of(study.objectives().indexOf(objective)),
        stroke,
        AccuracyChart.points(report, Arm.of(objective, evaluation)));
  }

  /** What tells the curve from the usual one of its figure. */
  private static String suffix(Evaluation evaluation) {
    return switch (evaluation.protocol()) {
      case SHUFFLED -> ", shuffled in layers";
      case PRUNED -> ", pruned there";
      case PROBE -> evaluation.detail().isEmpty() ? "" : ", " + evaluation.detail();
      case TICKET, REINIT, RANDOM, ADJUSTED, KNN, SVM, FINETUNE, TRANSFER, INSTABILITY -> "";
    };
  }
}
