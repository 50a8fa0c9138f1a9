package dev.espalier.verification.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a campaign.
 *
 * @param rounds how many studies were carried out
 * @param struck what was done meanwhile
 * @param findings what was wrong afterwards; none in a fleet that loses nothing
 */
record Verdict(int rounds, List<Struck> struck, List<String> findings) {
  /** Before the first round. */
  static final Verdict NONE = new Verdict(0, List.of(), List.of());

  /** Copies the lists. */
  Verdict {
    struck = List.copyOf(struck);
    findings = List.copyOf(findings);
  }

  /** With another round. */
  Verdict plus(List<Struck> more, List<String> found) {
    return new Verdict(rounds + 1, joined(struck, more), joined(findings, found));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** How many processes were ended. */
  int kills() {
    return (int) struck.stream().filter(one -> one.fault().ends()).count();
  }

  /** How many faults of each kind there were, such as {@code worker killed}. */
  Map<String, Long> counts() {
    return struck.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.role() + " " + one.fault(), TreeMap::new, Collectors.counting()));
  }

  /** All of it in a line. */
  @Override
  public String toString() {
    List<String> counts = new ArrayList<>();
    counts().forEach((kind, count) -> counts.add(count + " " + kind));
    return "%s: %d rounds, %d kills, %d faults (%s), %d findings"
        .formatted(
            findings.isEmpty() ? "NOTHING LOST" : "BROKEN",
            rounds,
            kills(),
            struck.size(),
            String.join(", ", counts),
            findings.size());
  }
}
