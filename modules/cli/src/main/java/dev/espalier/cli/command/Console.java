package dev.espalier.cli.command;

import dev.espalier.cli.progress.ProgressView;
import dev.espalier.cli.progress.StudyProgress;
import dev.espalier.cli.report.AccuracyTable;
import dev.espalier.cli.report.ReportFiles;
import dev.espalier.cli.report.Sentences;
import dev.espalier.cli.session.Watcher;
import dev.espalier.cli.text.Figures;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Artifacts;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Tells the person at the terminal how a study goes, and leaves its report. */
final class Console implements Watcher {
  private final String name;
  private final StudyId id;
  private final ProgressView view;
  private final PrintStream terminal;
  private final boolean quiet;
  private final Path folder;
  private final Artifacts artifacts;
  private Optional<String> shares = Optional.empty();

  Console(
      String name,
      StudyId id,
      ProgressView view,
      PrintStream terminal,
      boolean quiet,
      Path folder,
      Artifacts artifacts) {
    this.name = name;
    this.id = id;
    this.view = view;
    this.terminal = terminal;
    this.quiet = quiet;
    this.folder = folder;
    this.artifacts = artifacts;
  }

  /** Has {@code line}, how the machine is shared out, said when work begins here. */
  Console stating(String line) {
    shares = Optional.of(line);
    return this;
  }

  @Override
  public void began(boolean here, Optional<String> page) {
    introduce();
    if (here) {
      shares.ifPresent(this::said);
    } else {
      said("joined the process that works in this folder");
    }
    page.ifPresent(address -> said("live at " + address));
  }

  private void introduce() {
    said("study %s, %s".formatted(name, id));
  }

  @Override
  public void progressed(StudyProgress progress, Instant now) {
    view.show(progress, now);
  }

  @Override
  public void said(String sentence) {
    if (!quiet) {
      view.end();
      terminal.println(sentence);
    }
  }

  @Override
  public void ended(Report report, boolean before) {
    view.end();
    if (before) {
      introduce();
      said("known from the log: nothing is left to compute");
    }
    ReportFiles.write(report, name, artifacts, folder);
    terminal.println();
    terminal.print(AccuracyTable.of(report).forTerminal());
    terminal.println();
    Sentences.of(report).forEach(terminal::println);
    report
        .failures()
        .forEach(failure -> terminal.println("failed: " + ReportFiles.messageOf(failure)));
    terminal.printf(
        "%d of %d tasks, %s training images in %s of computing.%n",
        report.completed(),
        report.tasks(),
        Figures.count(report.cost().images()),
        Figures.time(report.cost().time()));
    terminal.println("Report, plot and masks: " + folder);
  }

  /** The last word when told to stop: the exit code is then the signal's. */
  int interrupted() {
    view.end();
    terminal.println("Stopped; nothing is lost. The same command goes on.");
    return Exit.INTERRUPTED;
  }
}
