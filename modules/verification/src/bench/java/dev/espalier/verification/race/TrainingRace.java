package dev.espalier.verification.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training and evaluation against PyTorch, as Debian has it, and LibTorch, by images a second.
 * {@code race.networks}, {@code race.precisions}, {@code race.threads}, {@code race.rounds} and
 * {@code race.seconds} narrow it down.
 */
class TrainingRace {
  private static final String HEAD =
      """
      | network | batch | precision | threads | training, images/s | torch | libtorch | ratio | \
      evaluation, images/s | torch | libtorch | ratio | memory, MB | torch | libtorch |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String OURS = "espalier";
  private static final String TORCH = "torch";
  private static final String LIBTORCH = "libtorch";
  private static final Path PYTHON = Path.of("src/bench/python/torch_speed.py").toAbsolutePath();
  private static final Map<String, String> OURS_SAID =
      Map.of(
          "training", "/training/imagesPerSecond",
          "evaluation", "/evaluation/imagesPerSecond",
          "memory", "/peakMemory");
  private static final Map<String, String> THEY_SAID =
      Map.of("training", "/training", "evaluation", "/evaluation", "memory", "/memory");

  @TempDir private Path scripts;

  @Test
  void everyNetworkIsRacedOver() throws IOException {
    Race race = new Race(Integer.getInteger("race.rounds", 3));
    Table table = new Table("training", HEAD, 4);
    for (Course course : courses()) {
      Map<String, Figures> figures = race.run(contestants(course));
      assertThat(figures).containsKey(OURS).hasSizeGreaterThan(1);
      String row = row(course, figures);
      System.out.println(row);
      table.add(row);
      table.writeTo(Command.Repository.root().resolve("src/site/benchmarks.md"));
    }
  }

  /** What {@code figures} say of {@code course}: medians, spreads, ratios to the best rival. */
  private static String row(Course course, Map<String, Figures> figures) {
    StringBuilder row =
        new StringBuilder(
            "| %s at %d | %d | %s | %s |"
                .formatted(
                    course.network(),
                    course.size(),
                    course.batch(),
                    course.precision(),
                    course.copies() == 1
                        ? course.threads()
                        : course.copies() + " x " + course.threads()));
    for (String figure : List.of("training", "evaluation")) {
      for (String name : List.of(OURS, TORCH, LIBTORCH)) {
        Figures own = figures.get(name);
        row.append(own == null ? Table.none() : Table.cell(own, figure));
      }
      row.append(String.format(Locale.ROOT, " **%.2f** |", Table.ratio(figures, figure)));
    }
    for (String name : List.of(OURS, TORCH, LIBTORCH)) {
      Figures own = figures.get(name);
      row.append(
          own == null ? Table.none() : String.format(Locale.ROOT, " %.0f |", own.median("memory")));
    }
    return row.toString();
  }

  private static List<Course> courses() {
    List<Course> courses = new ArrayList<>();
    for (String precision : listed("race.precisions", "float32,bf16")) {
      for (String network :
          listed("race.networks", "resnet20,resnet18,vgg16,resnet50,mobilenetv2")) {
        for (String threads : listed("race.threads", "1,2,1x2")) {
          courses.add(course(network, precision, threads));
        }
      }
    }
    return courses;
  }

  private static List<String> listed(String property, String usual) {
    return Arrays.asList(System.getProperty(property, usual).split(","));
  }

  /** Threads may be {@code 1x2}: one thread each in two processes side by side. */
  private static Course course(String network, String precision, String threads) {
    boolean large = network.equals("resnet50") || network.equals("mobilenetv2");
    String[] parts = threads.split("x", 2);
    return new Course(
        network,
        large ? 224 : 32,
        large ? 16 : 128,
        precision,
        Integer.parseInt(parts[0]),
        parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
  }

  private List<Contestant> contestants(Course course) throws IOException {
    return List.of(ours(course), torch(course), libTorch(course));
  }

  private static Contestant ours(Course course) {
    List<String> words =
        List.of(
            Command.Repository.root().resolve("espalier").toString(),
            "bench",
            "--json",
            "--network=" + course.network(),
            "--size=" + course.size(),
            "--batch=" + course.batch(),
            "--threads=" + course.threads(),
            "--precision=" + course.precision(),
            "--seconds=" + seconds());
    return new Command(OURS, words, Map.of(), course.copies(), OURS_SAID);
  }

  private static Contestant torch(Course course) {
    return new Command(TORCH, python(course, "run"), threads(course), course.copies(), THEY_SAID);
  }

  private static List<String> python(Course course, String output) {
    return List.of(
        "/usr/bin/python3",
        PYTHON.toString(),
        course.network(),
        Integer.toString(course.batch()),
        Integer.toString(course.size()),
        Integer.toString(course.threads()),
        course.precision(),
        seconds(),
        output);
  }

  private static String seconds() {
    return System.getProperty("race.seconds", "6");
  }

  private static Map<String, String> threads(Course course) {
    return Map.of("OMP_NUM_THREADS", Integer.toString(course.threads()));
  }

  private Contestant libTorch(Course course) throws IOException {
    Path script = scripts.resolve(course.network() + course.size() + ".pt");
    if (!Files.exists(script)) {
      new Command("script", python(course, script.toString()), Map.of(), 1, Map.of()).run();
    }
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            Path.of("target/libtorch/*").toAbsolutePath()
                + ":"
                + Path.of("target/test-classes").toAbsolutePath(),
            LibTorchSpeed.class.getName(),
            script.toString(),
            Integer.toString(course.batch()),
            Integer.toString(course.size()),
            Integer.toString(course.threads()),
            course.precision(),
            seconds());
    return new Command(LIBTORCH, words, threads(course), course.copies(), THEY_SAID);
  }
}
