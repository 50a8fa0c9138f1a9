package dev.espalier.cli.report;

import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Numerics;
import java.util.List;
import java.util.stream.Collectors;

/** A report as a Markdown page that shows the plot beside it. */
final class ReportMarkdown {
  private final Report report;
  private final String name;
  private final StringBuilder page = new StringBuilder();

  private ReportMarkdown(Report report, String name) {
    this.report = report;
    this.name = name;
  }

  static String of(Report report, String name) {
    return new ReportMarkdown(report, name).write();
  }

  private String write() {
    page.append("# ").append(name).append("\n\n").append(subject()).append("\n\n");
    page.append(AccuracyTable.of(report).forMarkdown()).append('\n');
    page.append(
        "Mean ± standard error over the seeds, on the test images. Density is the part kept of the"
            + " prunable weights.\nAn arm is what found the mask and how it was judged; `trained`"
            + " is the accuracy on the objective itself.\n\n");
    page.append("![Accuracy against density](%s)\n\n".formatted(ReportFiles.PLOT));
    addList("What follows", Verdicts.of(report));
    addList("What failed", report.failures().stream().map(ReportMarkdown::failure).toList());
    page.append("## Masks\n\n").append(masks().forMarkdown()).append('\n');
    page.append("## What it took\n\n").append(cost()).append('\n');
    return page.toString();
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
    return new Table(List.of("mask", "objective", "seed", "round", "kept", "density"), rows);
  }

  private static List<String> maskRow(MaskPublished mask) {
    String file = MaskFiles.fileOf(mask.summary().digest());
    return List.of(
        "[%s](%s)".formatted(mask.summary().digest().brief(), file),
        mask.objective().toString(),
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
