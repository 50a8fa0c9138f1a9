package dev.espalier.cli.command;

import dev.espalier.domain.study.DataSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder in which a person keeps data sets, under the names that they are unpacked to. */
final class DataHome {
  private static final Map<DataSpec.Name, Signs> SIGNS =
      new EnumMap<>(
          Map.of(
              DataSpec.Name.CIFAR10,
              new Signs(List.of("cifar-10-batches-bin", "cifar10"), "test_batch.bin"),
              DataSpec.Name.CIFAR100,
              new Signs(List.of("cifar-100-binary", "cifar100"), "train.bin"),
              DataSpec.Name.IDX,
              new Signs(List.of("idx", "mnist", "MNIST/raw"), "train-labels"),
              DataSpec.Name.FOLDER,
              new Signs(List.of("folder", "imagenet"), "train")));

  private DataHome() {}

  /**
   * What a data set is known by.
   *
   * @param folders that it may lie in
   * @param entry what the name of something in it begins with
   */
  private record Signs(List<String> folders, String entry) {}

  /** Where every data set lies that is read from files: in {@code home} itself if nowhere below. */
  static Map<DataSpec.Name, Path> in(Path home) {
    Map<DataSpec.Name, Path> found = new EnumMap<>(DataSpec.Name.class);
    SIGNS.forEach((name, signs) -> found.put(name, find(home, signs)));
    return found;
  }

  private static Path find(Path home, Signs signs) {
    return Stream.concat(Stream.of(home), signs.folders().stream().map(home::resolve))
        .filter(folder -> holds(folder, signs.entry()))
        .findFirst()
        .orElse(home);
  }

  private static boolean holds(Path folder, String beginning) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> Optional.ofNullable(entry.getFileName()).map(Path::toString).orElse(""))
          .anyMatch(name -> name.startsWith(beginning));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
