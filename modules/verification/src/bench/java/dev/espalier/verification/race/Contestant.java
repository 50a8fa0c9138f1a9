package dev.espalier.verification.race;

import java.util.Map;

/** Who takes part in a race. */
interface Contestant {
  /** What the table calls it. */
  String name();

  /** Does the work once, and says how fast it was, figure by figure: more is better. */
  Map<String, Double> run();
}
