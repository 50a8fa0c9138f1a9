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
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which study a command is about, and where its data lie. */
final class StudyOptions {
  @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in: the parameter is required
  private Path file;

  @Mixin private final DataOptions data = new DataOptions();

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
      return new NamedStudy(
          named.name(), named.study().on(data -> pinned(data, network)), named.budget());
    } catch (DataException e) {
      throw RefusedException.environment(e);
    }
  }

  /**
   * Reads the study file and pins it to those of its data whose folders are named; the others stay
   * for whoever carries it out.
   *
   * @throws RefusedException as {@link #pinned}
   */
  NamedStudy pinnedHere() {
    NamedStudy named = read();
    Network network = named.study().network();
    try {
      return new NamedStudy(
          named.name(),
          named
              .study()
              .on(spec -> folders().containsKey(spec.name()) ? pinned(spec, network) : spec),
          named.budget());
    } catch (DataException e) {
      throw RefusedException.environment(e);
    }
  }

  private DataSpec pinned(DataSpec data, Network network) {
    if (data.name() != DataSpec.Name.GLYPHS && !folders().containsKey(data.name())) {
      throw RefusedException.environment(
          "expected the folder of %1$s's files: --data %1$s=DIR, or %2$s"
              .formatted(data.name(), DataOptions.HOME));
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
    return data.folders();
  }
}
