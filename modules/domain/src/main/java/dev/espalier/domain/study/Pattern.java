package dev.espalier.domain.study;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/**
 * Which weights go together. As text: {@code unstructured}, {@code 2:4}, {@code filters}, {@code
 * channels}, {@code 4x4}; the last three by their L2 norm, or with {@code /l1} behind by their L1
 * norm.
 *
 * <p>A whole filter, channel or block is worth the {@link Norm} of what remains of it, taken over
 * all its weights, so that those of different tensors compare; where both orders are defined it is
 * the one of the plain norm. A tensor that is a single one of them is left alone: nothing would
 * remain of its layer.
 */
public sealed interface Pattern {
  /** Each weight on its own. */
  record Unstructured() implements Pattern {
    @Override
    public String toString() {
      return "unstructured";
    }
  }

  /**
   * At most so many of every group of consecutive inputs stay: a group has the weights of one
   * output, and of a convolution at one place of its kernel, from {@code of} successive input
   * channels (NVIDIA's and PyTorch's 2:4). Inputs that fill no group are left alone.
   *
   * @param kept how many stay of a group, at least 1
   * @param of how many a group has, more than {@code kept}, at most 64
   */
  record NOfM(int kept, int of) implements Pattern {
    private static final int MOST = 64;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public NOfM {
      if (kept < 1 || of <= kept || of > MOST) {
        throw new IllegalArgumentException(
            "expected a pattern n:m with 1 to m - 1 of at most %d weights, got %d:%d"
                .formatted(MOST, kept, of));
      }
    }

    /** The part of a dense tensor's full groups that it removes. */
    public double removes() {
      return 1 - (double) kept / of;
    }

    @Override
    public String toString() {
      return kept + ":" + of;
    }
  }

  /**
   * All weights of an output channel.
   *
   * @param norm how worth is summed up
   */
  record Filters(Norm norm) implements Pattern {
    @Override
    public String toString() {
      return "filters" + suffix(norm);
    }
  }

  /**
   * All weights of an input channel.
   *
   * @param norm how worth is summed up
   */
  record Channels(Norm norm) implements Pattern {
    @Override
    public String toString() {
      return "channels" + suffix(norm);
    }
  }

  /**
   * Square blocks: the weights, at one place of the kernel, of so many successive output and as
   * many input channels; at the edges what is left of a block.
   *
   * @param size the outputs, and inputs, of a block, 2 to 64
   * @param norm how worth is summed up
   */
  record Blocks(int size, Norm norm) implements Pattern {
    private static final int MOST = 64;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public Blocks {
      if (size < 2 || size > MOST) {
        throw new IllegalArgumentException(
            "expected blocks of 2x2 to %dx%d, got %dx%d".formatted(MOST, MOST, size, size));
      }
    }

    @Override
    public String toString() {
      return size + "x" + size + suffix(norm);
    }
  }

  /** Each weight on its own: the usual. */
  Pattern UNSTRUCTURED = new Unstructured();

  /**
   * The pattern that {@code toString} wrote.
   *
   * @throws IllegalArgumentException when {@code text} is none
   */
  static Pattern parse(String text) {
    Matcher form =
        java.util.regex.Pattern.compile(
                "unstructured|(?<kept>\\d{1,3}):(?<of>\\d{1,3})"
                    + "|(filters|channels|(?<size>\\d{1,3})x\\k<size>)(?<norm>/l[12])?")
            .matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected a pattern such as unstructured, 2:4, filters, channels/l1 or 4x4, got \""
              + text
              + "\"");
    }
    return of(form.toMatchResult());
  }

  private static Pattern of(MatchResult form) {
    Norm norm = "/l1".equals(form.group("norm")) ? Norm.L1 : Norm.L2;
    String text = form.group();
    if (form.group("kept") != null) {
      return new NOfM(Integer.parseInt(form.group("kept")), Integer.parseInt(form.group("of")));
    }
    if (form.group("size") != null) {
      return new Blocks(Integer.parseInt(form.group("size")), norm);
    }
    if (text.equals("unstructured")) {
      return UNSTRUCTURED;
    }
    return text.startsWith("filters") ? new Filters(norm) : new Channels(norm);
  }

  private static String suffix(Norm norm) {
    return switch (norm) {
      case L1 -> "/l1";
      case L2 -> "";
    };
  }
}
