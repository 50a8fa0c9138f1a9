package dev.espalier.verification.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a campaign.
 *
 * @param rounds how many studies were carried out
 * @param struck what was done meanwhile
 * @param recoveries how the tasks of ended workers went on
 * @param findings what was wrong afterwards; none in a fleet that loses nothing
 */
record Verdict(int rounds, List<Struck> struck, List<Recovery> recoveries, List<String> findings) {
  /** Before the first round. */
  static final Verdict NONE = new Verdict(0, List.of(), List.of(), List.of());

  /** Copies the lists. */
  Verdict {
    struck = List.copyOf(struck);
    recoveries = List.copyOf(recoveries);
    findings = List.copyOf(findings);
  }

  /** With another round, in which {@code found} was wrong. */
  Verdict plus(Round round, List<String> found) {
    return new Verdict(
        rounds + 1,
        joined(struck, round.struck()),
        joined(recoveries, round.recoveries()),
        joined(findings, found));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** How many processes were ended. */
  int kills() {
    return Struck.kills(struck);
  }

  /** Which of {@code faults} never happened, though they were to. */
  Set<Fault> missing(Set<Fault> faults) {
    Set<Fault> missing = EnumSet.noneOf(Fault.class);
    missing.addAll(faults);
    struck.forEach(one -> missing.remove(one.fault()));
    return missing;
  }

  /** How many faults of each kind there were, such as {@code worker killed}. */
  Map<String, Long> counts() {
    return struck.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.role() + " " + one.fault(), TreeMap::new, Collectors.counting()));
  }

  /** How the tasks of ended workers went on, a line for each kind of end. */
  List<String> recovered() {
    Map<Fault, List<Recovery>> kinds =
        recoveries.stream()
            .collect(Collectors.groupingBy(Recovery::fault, TreeMap::new, Collectors.toList()));
    return kinds.entrySet().stream()
        .map(
            kind ->
                "worker %s under a task %d times: begun again after %s, work lost %s"
                    .formatted(
                        kind.getKey(),
                        kind.getValue().size(),
                        spread(kind.getValue(), Recovery::until),
                        spread(kind.getValue(), Recovery::lost)))
        .toList();
  }

  private static String spread(List<Recovery> all, Function<Recovery, Duration> part) {
    double[] seconds =
        all.stream().map(part).mapToDouble(time -> time.toMillis() / 1000.0).sorted().toArray();
    return "%.1f s in the median, %.1f s at most"
        .formatted(seconds[seconds.length / 2], seconds[seconds.length - 1]);
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
