package dev.espalier.cli.command;

import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.TriggersFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of triggers. */
final class TriggersInput {
  private TriggersInput() {}

  /**
   * The triggers of {@code file}.
   *
   * @throws RefusedException when it is missing or wrong, with the line of everything that is
   */
  static Triggers read(Path file) {
    try {
      return Triggers.of(
          TriggersFile.parse(Files.readString(file), file.toString(), name -> beside(file, name)));
    } catch (NoSuchFileException e) {
      throw RefusedException.usage("expected a file of triggers, and there is no " + file);
    } catch (CharacterCodingException e) {
      throw RefusedException.usage("expected a file of triggers in UTF-8, and " + file + " is not");
    } catch (IOException e) {
      throw RefusedException.usage("expected a file of triggers that can be read, got " + e);
    } catch (InvalidStudyException e) {
      throw RefusedException.usage(e);
    }
  }

  private static Optional<String> beside(Path file, String name) {
    try {
      return Optional.of(Files.readString(file.resolveSibling(name)));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // the file is refused with the line that names it
    }
  }
}
