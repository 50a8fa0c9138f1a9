package dev.espalier.compute.data;

import dev.espalier.compute.data.PictureFiles.Entry;
import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Normalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Colour pictures in {@code train/CLASS/} and {@code test/CLASS/} or {@code val/CLASS/} of a
 * folder: files ending in {@code .png}, {@code .jpg} or {@code .jpeg}. Labels number the classes of
 * {@code train} by name; within a class files are taken by name, and class after class gives one at
 * a time, so that the first images hold as many of each class as there are.
 *
 * <p>Normalised by ImageNet's figures, as long as a study says nothing else: to find their own
 * would mean to decode all pictures first.
 */
final class PictureFolder {
  private static final int COLOURS = 3;

  private final Path folder;
  private final DataSpec spec;
  private final List<String> classes;

  private PictureFolder(Path folder, DataSpec spec) {
    this.folder = folder;
    this.spec = spec;
    this.classes = classes(train());
  }

  /**
   * The first pictures of each part, looked at but not decoded.
   *
   * @param folder where they lie
   * @param spec how many, and how large
   * @throws DataException when there are fewer, a class has none or is unknown in training, or a
   *     file is no picture
   */
  static Dataset read(Path folder, DataSpec spec) {
    return new PictureFolder(folder, spec).dataset();
  }

  private Dataset dataset() {
    Path tests = tests();
    List<String> tested = classes(tests);
    for (String name : tested) {
      if (!classes.contains(name)) {
        throw DataException.missing(
            "expected the classes of %s in %s, got %s".formatted(train(), tests, name));
      }
    }
    Images train = images("train", train(), classes, spec.train());
    Images test = images("test", tests, tested, spec.test());
    return new Dataset(classes.size(), Normalisation.IMAGENET, train, test);
  }

  private static List<String> classes(Path part) {
    List<String> classes = names(part, Files::isDirectory);
    if (classes.isEmpty()) {
      throw DataException.missing("expected a folder for each class in " + part + ", got none");
    }
    return classes;
  }

  private Path train() {
    return folder.resolve("train");
  }

  private Path tests() {
    return Stream.of("test", "val")
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                DataException.missing(
                    "expected a folder %s or val, got neither".formatted(folder.resolve("test"))));
  }

  private Images images(String part, Path root, List<String> names, OptionalInt asked) {
    List<List<String>> files = names.stream().map(name -> pictures(root.resolve(name))).toList();
    int there = files.stream().mapToInt(List::size).sum();
    int count = asked.orElse(there);
    DataException.requireAtMost(part, folder, count, there);
    List<Entry> taken = new ArrayList<>();
    for (int i = 0; taken.size() < count; i++) {
      for (int c = 0; c < files.size() && taken.size() < count; c++) {
        if (i < files.get(c).size()) {
          String name = names.get(c) + "/" + files.get(c).get(i);
          taken.add(new Entry(name, classes.indexOf(names.get(c))));
        }
      }
    }
    return PictureFiles.look(
        new Volume(COLOURS, spec.pictureSize()), spec.shorterSide(), root, taken);
  }

  private static List<String> pictures(Path home) {
    List<String> pictures = names(home, PictureFolder::isPicture);
    if (pictures.isEmpty()) {
      throw DataException.missing(
          "expected .png, .jpg or .jpeg files in the class folder %s, got none".formatted(home));
    }
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  /** The names of what {@code wanted} takes in {@code home}, hidden files left out, sorted. */
  private static List<String> names(Path home, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(home)) {
      return entries
          .filter(wanted)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DataException.missing("expected to list the folder " + home + ", got " + e);
    }
  }
}
