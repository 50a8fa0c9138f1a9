package dev.espalier.cli.command;

import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier validate}: says what a study file means, or what is wrong with it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks a study file and its data; prints the name that the study goes by.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private final StudyOptions options = new StudyOptions();
  private final PrintStream out;

  ValidateCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    NamedStudy named = options.pinned();
    CanonicalNaming naming = new CanonicalNaming();
    StudyId id = naming.nameOf(named.study());
    int tasks = TaskGraph.of(named.study(), naming).nodes().size();
    out.printf("%s %s%n%d tasks%n", named.name(), id, tasks);
    return Exit.OK;
  }
}
