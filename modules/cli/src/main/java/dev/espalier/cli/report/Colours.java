package dev.espalier.cli.report;

/** Which colour stands for what in the figures of a report. */
final class Colours {
  /** What chance gives, in every figure: grey. */
  static final int CHANCE = 2;

  private Colours() {}

  /** The colour of the thing of this number, from 0; never that of chance. */
  static int of(int index) {
    int colour = index % 5;
    return colour < CHANCE ? colour : colour + 1;
  }
}
