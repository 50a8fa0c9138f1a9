package dev.espalier.domain.study;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How masks and weights are judged: a protocol, and what it is told beside: {@code ticket}, {@code
 * probe@layer2}, {@code finetune@0.1}, {@code transfer@flowers}.
 *
 * @param protocol the way
 * @param detail what stands behind the {@code @}; empty where nothing does
 */
public record Evaluation(Protocol protocol, String detail) {
  /** {@link Protocol#TICKET}. */
  public static final Evaluation TICKET = of(Protocol.TICKET);

  /** {@link Protocol#REINIT}. */
  public static final Evaluation REINIT = of(Protocol.REINIT);

  /** {@link Protocol#RANDOM}. */
  public static final Evaluation RANDOM = of(Protocol.RANDOM);

  /** {@link Protocol#PROBE} of what the last layer reads. */
  public static final Evaluation PROBE = of(Protocol.PROBE);

  /** What a study asks for unless it says otherwise. */
  public static final List<Evaluation> USUAL = List.of(TICKET, REINIT, RANDOM, PROBE);

  private static final String MARK = "@";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  /**
   * Checks that the detail is one that the protocol takes.
   *
   * @throws IllegalArgumentException otherwise
   */
  public Evaluation {
    String expected =
        switch (protocol.detail()) {
          case NONE -> detail.isEmpty() ? "" : "nothing";
          case LAYER -> detail.isEmpty() || isName(detail) ? "" : "a layer's name";
          case SHARE ->
              detail.isEmpty() || isShare(detail)
                  ? ""
                  : "a share above 0 and below 1 of the labels";
          case TRANSFER -> isName(detail) ? "" : "the name of a transfer";
        };
    if (!expected.isEmpty()) {
      throw new IllegalArgumentException(
          "expected %s behind %s, got \"%s\"".formatted(expected, protocol, detail));
    }
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static boolean isShare(String text) {
    try {
      double share = Double.parseDouble(text);
      return share > 0 && share < 1 && Double.toString(share).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A protocol that is told nothing beside. */
  public static Evaluation of(Protocol protocol) {
    return new Evaluation(protocol, "");
  }

  /**
   * The evaluation that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Evaluation parse(String text) {
    int mark = text.indexOf(MARK);
    String name = mark < 0 ? text : text.substring(0, mark);
    Protocol protocol =
        Arrays.stream(Protocol.values())
            .filter(one -> one.toString().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected one of %s, got \"%s\""
                            .formatted(Arrays.toString(Protocol.values()), text)));
    if (mark == text.length() - 1) {
      throw new IllegalArgumentException(
          "expected something behind the @, got \"%s\"".formatted(text));
    }
    return new Evaluation(protocol, mark < 0 ? "" : text.substring(mark + 1));
  }

  /** The share of the labels that it trains on; empty where it trains on all or on none. */
  public OptionalDouble share() {
    return protocol.detail() == Protocol.Detail.SHARE && !detail.isEmpty()
        ? OptionalDouble.of(Double.parseDouble(detail))
        : OptionalDouble.empty();
  }

  /** The text in study files, messages and reports. */
  @Override
  public String toString() {
    return detail.isEmpty() ? protocol.toString() : protocol + MARK + detail;
  }
}
