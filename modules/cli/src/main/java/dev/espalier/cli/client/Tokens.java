package dev.espalier.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The words that say who asks; no message repeats one. */
public final class Tokens {
  private static final String FORM = "[!-~]{1,4096}";

  private Tokens() {}

  /**
   * The token in {@code file}, without the space around it.
   *
   * @throws IllegalArgumentException when it cannot be read, or holds none
   */
  public static String in(Path file) {
    try {
      return checked(Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a token in " + file + ", got " + e, e);
    }
  }

  /**
   * {@code token} itself.
   *
   * @param whereFrom what held it
   * @throws IllegalArgumentException when no header could hold it
   */
  public static String checked(String token, String whereFrom) {
    if (!token.matches(FORM)) {
      throw new IllegalArgumentException(
          "expected a token of 1 to 4096 printable characters in " + whereFrom);
    }
    return token;
  }
}
