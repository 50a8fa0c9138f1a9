package dev.espalier.cli.text;

import java.util.regex.Pattern;

/** Text of somebody else, as it may be shown in a terminal: it cannot steer it. */
public final class Printable {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}]");

  private Printable() {}

  /** {@code text} with a mark in the place of each control character. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll("\ufffd");
  }
}
