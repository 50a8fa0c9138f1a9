package dev.espalier.verification.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets contestants do the same work in turn, round after round, so that whatever else the machine
 * does meets them alike.
 *
 * @param rounds how often each runs, at least 1
 */
record Race(int rounds) {
  /**
   * The figures of every contestant, by its name; the first is who the others are compared with.
   * One of the others that cannot do the work, which it says why, is left out.
   */
  Map<String, Figures> run(List<Contestant> contestants) {
    Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      Contestant first = contestants.getFirst();
      runs.computeIfAbsent(first.name(), name -> new ArrayList<>()).add(first.run());
      for (Contestant rival : contestants.subList(1, contestants.size())) {
        List<Map<String, Double>> own =
            runs.computeIfAbsent(rival.name(), name -> new ArrayList<>());
        if (own.size() == round) { // it has been able so far
          runRival(rival).ifPresent(own::add);
        }
      }
    }
    Map<String, Figures> figures = new LinkedHashMap<>();
    runs.values().removeIf(List::isEmpty);
    runs.forEach((name, all) -> figures.put(name, Figures.of(all)));
    return figures;
  }

  private static Optional<Map<String, Double>> runRival(Contestant rival) {
    try {
      return Optional.of(rival.run());
    } catch (IllegalStateException e) {
      System.out.println(rival.name() + " is left out: " + e.getMessage());
      return Optional.empty();
    }
  }
}
