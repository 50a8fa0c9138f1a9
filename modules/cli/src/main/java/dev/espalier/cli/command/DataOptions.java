package dev.espalier.cli.command;

import dev.espalier.domain.study.DataSpec;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the data lie that are read from files. */
final class DataOptions {
  static final String HOME = "ESPALIER_DATA";

  @Option(
      names = "--data",
      paramLabel = "NAME=DIR",
      description = {
        "Where the files of cifar10, cifar100, idx or folder lie, such as cifar10=DIR with"
            + " CIFAR-10's data_batch_1.bin and so on. Unless given, they are looked for in the"
            + " folder that the environment variable "
            + HOME
            + " names."
      })
  private final Map<DataSpec.Name, Path> data = new EnumMap<>(DataSpec.Name.class);

  /** Where each data set lies that is read from files. */
  Map<DataSpec.Name, Path> folders() {
    Map<DataSpec.Name, Path> folders = new EnumMap<>(DataSpec.Name.class);
    Optional.ofNullable(System.getenv(HOME))
        .map(Path::of)
        .ifPresent(home -> folders.putAll(DataHome.in(home)));
    folders.putAll(data);
    return folders;
  }
}
