package dev.espalier.verification.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets contestants do the same work in turn, round after round, so that whatever else the machine
 * does meets them alike.
 *
 * @param rounds how often each runs, at least 1
 */
record Race(int rounds) {
  /**
   * The figures of every contestant, by its name; the first is who the others are compared with.
   */
  Map<String, Figures> run(List<Contestant> contestants) {
    Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : contestants) {
        runs.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(contestant.run());
      }
    }
    Map<String, Figures> figures = new LinkedHashMap<>();
    runs.forEach((name, all) -> figures.put(name, Figures.of(all)));
    return figures;
  }
}
