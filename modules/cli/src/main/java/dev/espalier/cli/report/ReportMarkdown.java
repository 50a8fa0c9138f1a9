package dev.espalier.cli.report;

import dev.espalier.cli.plot.Drawing;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.FoundMask;
import dev.espalier.domain.report.Pair;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Size;
import dev.espalier.wire.report.Findings;
import dev.espalier.wire.report.ReportJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as a Markdown page that shows the plot beside it. */
final class ReportMarkdown {
  private static final String NO_MARGIN =
      "Each conclusion is judged by itself at 95 % confidence (Student's t over seeds, each seed"
          + " compared with itself), in percentage points;\none point counts as no difference."
          + " Undecided means that the interval lies across the border.";

  private final Findings findings;
  private final Report report;
  private final StringBuilder page = new StringBuilder();

  private ReportMarkdown(Findings findings) {
    this.findings = findings;
    this.report = findings.report();
  }

  static String of(Findings findings) {
    return new ReportMarkdown(findings).write();
  }

  private String write() {
    add("# " + findings.name());
    add(subject());
    addWhatItSays();
    addAccuracies();
    addSizes();
    addOverlaps();
    addList("What failed", report.failures().stream().map(ReportMarkdown::failure).toList());
    add("## Settings");
    add(MarkdownTables.settings(report));
    add("## Masks");
    add(masks());
    add("## What it took");
    add(cost());
    return page.toString();
  }

  private void add(String paragraph) {
    page.append(paragraph).append("\n\n");
  }

  private void add(Table table) {
    page.append(table.forMarkdown()).append('\n');
  }

  private void addFigure(String what, String file) {
    add("![%s](%s.svg)".formatted(what, file));
  }

  private void addWhatItSays() {
    addList("What this study says", Sentences.of(report));
    if (!findings.verdicts().verdicts().isEmpty()) {
      add("### The paper's conclusions");
      add(VerdictTable.summary(findings.verdicts()));
      add(VerdictTable.of(findings.verdicts()));
      add(NO_MARGIN);
    }
  }

  private void addAccuracies() {
    add("## Accuracies");
    add(AccuracyTable.of(report));
    add(
        "Mean ± standard error over the seeds, on the test images. Density is the part kept of the"
            + " prunable weights.\nAn arm is what found the mask and how it was judged; `trained`"
            + " is the accuracy on the objective itself.");
    Map<String, Drawing> figures = ReportFigures.of(findings);
    addFigure("Accuracy against density", ReportFigures.ACCURACY);
    if (figures.containsKey(ReportFigures.RETRAINING)) {
      addFigure("Masks retrained on labels", ReportFigures.RETRAINING);
    }
    if (figures.containsKey(ReportFigures.FEATURES)) {
      addFigure("Linear classifiers on frozen features", ReportFigures.FEATURES);
    }
    if (figures.containsKey(ReportFigures.VARIANTS)) {
      addFigure("Variants", ReportFigures.VARIANTS);
    }
    if (figures.containsKey(ReportFigures.TRANSFERS)) {
      addFigure("Networks taken over to other data", ReportFigures.TRANSFERS);
    }
    MarkdownTables.top5(report).ifPresent(this::add);
    MarkdownTables.instability(report).ifPresent(this::add);
    MarkdownTables.beforeAndAfter(report).ifPresent(this::addBeforeAndAfter);
  }

  private void addBeforeAndAfter(Table table) {
    add("### Before and after retraining");
    add(table);
    add(
        "On the objective itself: the trained network under its new mask, before any retraining;"
            + " and once it was rewound and trained again.");
  }

  private void addSizes() {
    MarkdownTables.sizes(report)
        .ifPresent(
            table -> {
              add("## Sizes");
              add(table);
              add(
                  "Compression: all parameters ÷ those kept. Speed-up: multiply-adds of the dense"
                      + " network ÷ those under the mask, layer by layer products × density;"
                      + " theoretical, no time was measured.\n"
                      + exempt());
            });
    if (!report.naturalSparsity().isEmpty()) {
      add("Zero by themselves, |w| < 2⁻²³, in the dense networks: " + natural() + ".");
    }
  }

  private String exempt() {
    Optional<Cell> sized =
        report.cells().stream().filter(cell -> cell.size().isPresent()).findFirst();
    long parameters = sized.flatMap(Cell::size).map(Size::parameters).orElse(0L);
    long prunable = sized.map(Cell::total).orElse(0L);
    long products = sized.flatMap(Cell::size).map(Size::multiplyAdds).orElse(0L);
    return "Of %s parameters (%s multiply-adds a picture), %s are prunable; never pruned are the last dense layer, biases and batch norm: %s."
        .formatted(
            Figures.count(parameters),
            Figures.count(products),
            Figures.count(prunable),
            Figures.count(parameters - prunable));
  }

  private String natural() {
    return report.naturalSparsity().stream()
        .map(one -> one.objective() + " " + AccuracyTable.show(one.spread()) + " %")
        .collect(Collectors.joining(", "));
  }

  private void addOverlaps() {
    if (findings.overlaps().isEmpty()) {
      return;
    }
    add("## Overlap of masks");
    add(MarkdownTables.overlaps(findings.overlaps()));
    add(
        "Intersection over union in %, of masks that two objectives found from the same seed, or"
            + " one objective from different seeds.\nChance: two random masks of these densities;"
            + " by layer: random masks that keep as many weights of each layer.");
    addFigure("Overlap of masks", ReportFigures.OVERLAP);
    addFigure("Overlap against density", ReportFigures.OVERLAP_BY_DENSITY);
    addFigure("Overlap layer by layer", ReportFigures.OVERLAP_BY_LAYER);
  }

  private String subject() {
    Study study = report.content();
    Pruning pruning = study.pruning();
    return "`%s`  \n%s on %s, %d epochs, seeds %s; %s %s pruning%s, %s of what remains in each of %d rounds, rewound to %s.  \n%d of %d tasks done."
        .formatted(
            report.study(),
            study.network(),
            study.data().name(),
            study.training().epochs(),
            study.seeds().stream().map(Object::toString).collect(Collectors.joining(", ")),
            pruning.recipe().scope(),
            pruning.recipe().criterion(),
            pattern(pruning.recipe()),
            Figures.density(pruning.recipe().fraction()),
            pruning.rounds(),
            pruning.recipe().rewind(),
            report.completed(),
            report.tasks());
  }

  private static String pattern(Recipe recipe) {
    return recipe.pattern().equals(Pattern.UNSTRUCTURED) ? "" : " (" + recipe.pattern() + ")";
  }

  private void addList(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      page.append("## ").append(title).append("\n\n");
      lines.forEach(line -> page.append("- ").append(line).append('\n'));
      page.append('\n');
    }
  }

  private static String failure(OutcomePublished ended) {
    return "task `%s`: %s"
        .formatted(ended.task().digest().brief(), ReportJson.messageOf(ended.outcome()));
  }

  private Table masks() {
    List<List<String>> rows = report.masks().stream().map(ReportMarkdown::maskRow).toList();
    return new Table(List.of("mask", "found by", "seed", "round", "kept", "density"), rows);
  }

  private static List<String> maskRow(FoundMask found) {
    MaskPublished mask = found.published();
    String file = ReportJson.fileOf(mask.summary().digest());
    return List.of(
        "[%s](%s)".formatted(mask.summary().digest().brief(), file),
        Pair.nameOf(found.arm()),
        Long.toString(mask.seed()),
        Integer.toString(mask.round()),
        "%d of %d".formatted(mask.summary().kept(), mask.summary().total()),
        Figures.density(mask.summary().density()));
  }

  private String cost() {
    String numerics =
        report.numerics().stream()
            .map(this::describe)
            .sorted()
            .map(line -> "- " + line + "\n")
            .collect(Collectors.joining());
    return "%s training images passed forward and backward in %s of computing, all slots together.\n\n%s"
        .formatted(
            Figures.count(report.cost().images()), Figures.time(report.cost().time()), numerics);
  }

  private String describe(Numerics numerics) {
    return "%s on %s in %s, %d thread%s a slot, espalier %s%s%s"
        .formatted(
            numerics.provider(),
            numerics.processor(),
            report.content().precision(),
            numerics.threads(),
            numerics.threads() == 1 ? "" : "s",
            numerics.build(),
            numerics.primitives().map(table -> ", primitives " + table.brief()).orElse(""),
            numerics.mixed() ? ", resumed under other numerics" : "");
  }
}
