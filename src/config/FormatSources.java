import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats every Java source of the project ({@code --replace}), or fails naming those that are not
 * formatted ({@code --check}).
 */
final class FormatSources {
  public static void main(String[] arguments) throws IOException {
    List<String> options =
        arguments[0].equals("--replace")
            ? List.of("--replace")
            : List.of("--dry-run", "--set-exit-if-changed");
    Stream<String> sources =
        Stream.of("modules", "src").flatMap(folder -> sourcesIn(Path.of(folder)));
    Main.main(Stream.concat(options.stream(), sources).toArray(String[]::new));
  }

  private static Stream<String> sourcesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(FormatSources::isSource).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSource(String file) {
    return file.endsWith(".java") && !file.contains("/target/");
  }
}
