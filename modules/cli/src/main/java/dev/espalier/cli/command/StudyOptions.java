package dev.espalier.cli.command;

import dev.espalier.compute.data.DataException;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.network.Architectures;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Network;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.NamedStudy;
import dev.espalier.wire.StudyFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which study a command is about, and where its data lie. */
final class StudyOptions {
  private static final String HOME = "ESPALIER_DATA";

  @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in: the parameter is required
  private Path file;

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

  /**
   * Reads the study file and pins it to the data that are there.
   *
   * @throws RefusedException when the file or the data are missing or wrong, or the network does
   *     not fit the data
   */
  NamedStudy pinned() {
    NamedStudy named = read();
    Network network = named.study().network();
    try {
      return new NamedStudy(named.name(), named.study().on(data -> pinned(data, network)));
    } catch (DataException e) {
      throw RefusedException.environment(e);
    }
  }

  private DataSpec pinned(DataSpec data, Network network) {
    if (data.name() != DataSpec.Name.GLYPHS && !folders().containsKey(data.name())) {
      throw RefusedException.environment(
          "expected the folder of %1$s's files: --data %1$s=DIR, or %2$s"
              .formatted(data.name(), HOME));
    }
    Dataset images = Datasets.open(data, folders());
    requireFit(network, images);
    return data.pinnedTo(images.digest());
  }

  private void requireFit(Network network, Dataset images) {
    try {
      Architectures.of(network, images.volume(), images.classes());
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage("%s, network %s: %s".formatted(file, network, e.getMessage()));
    }
  }

  private NamedStudy read() {
    try {
      return StudyFile.parse(Files.readString(file), file.toString(), this::networkFile);
    } catch (NoSuchFileException e) {
      throw RefusedException.usage("expected a study file, and there is no " + file);
    } catch (CharacterCodingException e) {
      throw RefusedException.usage("expected a study file in UTF-8, and " + file + " is not");
    } catch (IOException e) {
      throw RefusedException.usage("expected a study file that can be read, got " + e);
    } catch (InvalidStudyException e) {
      throw RefusedException.usage(e);
    }
  }

  private Optional<String> networkFile(String name) {
    try {
      return Optional.of(Files.readString(file.resolveSibling(name)));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // the study is refused with the line that names it
    }
  }

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
