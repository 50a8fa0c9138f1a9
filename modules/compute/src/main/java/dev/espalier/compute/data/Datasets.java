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

  /** Where a choice of images comes from. */
  private record Source(DataSpec.Name name, Optional<Path> folder, int train, int test) {
    static Source of(DataSpec spec, Map<DataSpec.Name, Path> folders) {
      return switch (spec.name()) {
        case CIFAR10 ->
            new Source(
                spec.name(),
                Optional.ofNullable(folders.get(spec.name())),
                spec.train().orElse(Cifar10.TRAIN),
                spec.test().orElse(Cifar10.TEST));
        case GLYPHS ->
            new Source(
                spec.name(),
                Optional.empty(),
                spec.train().orElse(Glyphs.TRAIN),
                spec.test().orElse(Glyphs.TEST));
      };
    }

    Dataset read() {
      return switch (name) {
        case CIFAR10 -> Cifar10.read(folder.orElseThrow(this::homeless), train, test);
        case GLYPHS -> Glyphs.generate(train, test);
      };
    }

    private DataException homeless() {
      return DataException.missing("expected a folder with the files of " + name + ", got none");
    }
  }
}
