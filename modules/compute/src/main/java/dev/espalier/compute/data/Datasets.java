package dev.espalier.compute.data;

import dev.espalier.domain.study.DataSpec;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Opens the data sets that studies name.
 *
 * <p>What was opened is remembered for the process, while memory lasts: a data set is immutable and
 * named by its content, so all tasks of a worker share one copy.
 */
public final class Datasets {
  private static final ConcurrentMap<Source, SoftReference<Dataset>> OPENED =
      new ConcurrentHashMap<>();

  private Datasets() {}

  /**
   * The images that {@code spec} names.
   *
   * @param spec which images; when it has a digest, exactly those
   * @param folders where the data sets that are read from files lie
   * @throws DataException when they are not there, are damaged, or have another digest
   */
  public static Dataset open(DataSpec spec, Map<DataSpec.Name, Path> folders) {
    Dataset dataset = remembered(Source.of(spec, folders));
    if (spec.digest().isPresent() && !spec.digest().get().equals(dataset.digest())) {
      throw DataException.missing(
          "expected the images %s of %s, got %s%s"
              .formatted(
                  spec.digest().get(),
                  spec.name(),
                  dataset.digest(),
                  Optional.ofNullable(folders.get(spec.name())).map(f -> " in " + f).orElse("")));
    }
    return dataset;
  }

  /**
   * The same choice of images, pinned to the digest that they have here.
   *
   * @throws DataException when they are not there, are damaged, or {@code spec} names another
   *     digest
   */
  public static DataSpec pin(DataSpec spec, Map<DataSpec.Name, Path> folders) {
    return spec.pinnedTo(open(spec, folders).digest());
  }

  private static Dataset remembered(Source source) {
    // The strong reference keeps the data set between its opening and its use.
    Dataset[] opened = new Dataset[1];
    OPENED.compute(
        source,
        (key, known) -> {
          Dataset before = known == null ? null : known.get();
          opened[0] = before == null ? key.read() : before;
          return before == null ? new SoftReference<>(opened[0]) : known;
        });
    return opened[0];
  }

  /** Where a choice of images comes from: what it is, but for its digest. */
  private record Source(DataSpec spec, Optional<Path> folder) {
    static Source of(DataSpec spec, Map<DataSpec.Name, Path> folders) {
      DataSpec choice =
          new DataSpec(
              spec.name(), spec.train(), spec.test(), spec.size(), spec.resize(), Optional.empty());
      return new Source(choice, Optional.ofNullable(folders.get(spec.name())));
    }

    Dataset read() {
      return switch (spec.name()) {
        case CIFAR10 -> cifar(Cifar.TEN);
        case CIFAR100 -> cifar(Cifar.HUNDRED);
        case IDX -> Idx.read(home(), spec.train(), spec.test());
        case FOLDER -> PictureFolder.read(home(), spec);
        case GLYPHS ->
            Glyphs.generate(spec.train().orElse(Glyphs.TRAIN), spec.test().orElse(Glyphs.TEST));
      };
    }

    private Dataset cifar(Cifar cifar) {
      return cifar.read(home(), spec.train().orElse(Cifar.TRAIN), spec.test().orElse(Cifar.TEST));
    }

    private Path home() {
      return folder.orElseThrow(
          () ->
              DataException.missing(
                  "expected a folder with the files of " + spec.name() + ", got none"));
    }
  }
}
