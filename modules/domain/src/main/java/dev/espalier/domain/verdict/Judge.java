package dev.espalier.domain.verdict;

import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.NaturalSparsity;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/** Reads the numbers of claims off a report, seed by seed. */
final class Judge {
  private final Report report;

  Judge(Report report) {
    this.report = report;
  }

  Verdicts judge(List<Claim> claims) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Untested> untested = new ArrayList<>();
    for (Claim claim : claims) {
      Figures figures = figures(claim.quantity());
      Optional<String> lack = lack(claim.quantity(), figures);
      if (lack.isPresent()) {
        untested.add(new Untested(claim, lack.get()));
      } else {
        verdicts.add(verdict(claim, figures));
      }
    }
    return new Verdicts(verdicts, untested);
  }

  private static Verdict verdict(Claim claim, Figures figures) {
    Estimate estimate = Estimate.of(figures.values.values());
    return new Verdict(
        claim, figures.densities, figures.values, estimate, claim.expected().rule(estimate));
  }

  private Optional<String> lack(Quantity quantity, Figures figures) {
    Optional<Arm> missing = arms(quantity).filter(arm -> cells(arm).isEmpty()).findFirst();
    if (missing.isPresent()) {
      return Optional.of("no figures of " + missing.get());
    }
    if (figures.values.isEmpty()) {
      return Optional.of("no figures at " + quantity.where());
    }
    return figures.values.size() < 2 ? Optional.of("figures of one seed only") : Optional.empty();
  }

  private static Stream<Arm> arms(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Lead lead -> Stream.of(lead.first(), lead.second());
      case Quantity.Growth growth -> Stream.of(growth.first(), growth.second());
      case Quantity.Deepening(Arm first, Arm second, String variant) ->
          Stream.of(first, second, first.in(variant), second.in(variant));
      case Quantity.Gain gain -> Stream.of(gain.arm());
      case Quantity.Zeros zeros -> Stream.of();
    };
  }

  /** Some numbers by seed, and the densities that they are of. */
  private record Figures(SortedMap<Long, Double> values, List<Double> densities) {
    static final Figures NONE = new Figures(new TreeMap<>(), List.of());

    Figures with(Figures other, DoubleBinaryOperator rule) {
      SortedMap<Long, Double> both = new TreeMap<>();
      values.forEach(
          (seed, value) ->
              Optional.ofNullable(other.values.get(seed))
                  .ifPresent(against -> both.put(seed, rule.applyAsDouble(value, against))));
      return new Figures(
          both, Stream.concat(other.densities.stream(), densities.stream()).distinct().toList());
    }
  }

  private Figures figures(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Lead lead -> lead(lead.first(), lead.second(), lead.span());
      case Quantity.Growth(Arm first, Arm second) ->
          lead(first, second, Span.SEVERE)
              .with(lead(first, second, Span.MODERATE), (severe, moderate) -> severe - moderate);
      case Quantity.Deepening(Arm first, Arm second, String variant) ->
          lastLead(first, second)
              .with(lastLead(first.in(variant), second.in(variant)), (whole, some) -> whole - some);
      case Quantity.Gain gain ->
          mean(gain.arm(), levels(gain.arm(), gain.span()))
              .with(mean(gain.arm(), List.of(0)), (pruned, dense) -> pruned - dense);
      case Quantity.Zeros zeros ->
          report.naturalSparsity().stream()
              .filter(sparsity -> sparsity.objective().equals(zeros.objective()))
              .map(NaturalSparsity::zeros)
              .map(fractions -> new Figures(fractions, List.of()))
              .findFirst()
              .orElse(Figures.NONE);
    };
  }

  private Figures lead(Arm first, Arm second, Span span) {
    List<Integer> known = cells(second).stream().map(Cell::level).toList();
    List<Integer> levels = levels(first, span).stream().filter(known::contains).toList();
    return mean(first, levels).with(mean(second, levels), (one, other) -> one - other);
  }

  private Figures lastLead(Arm first, Arm second) {
    List<Integer> last = List.of(report.content().pruningOf(first.variant()).rounds());
    return mean(first, last).with(mean(second, last), (one, other) -> one - other);
  }

  private List<Integer> levels(Arm arm, Span span) {
    return span.of(cells(arm)).stream().map(Cell::level).toList();
  }

  private List<Cell> cells(Arm arm) {
    return report.cells().stream().filter(cell -> cell.arm().equals(arm)).toList();
  }

  /** The mean accuracy over some levels, of the seeds that were measured at all of them. */
  private Figures mean(Arm arm, List<Integer> levels) {
    List<Cell> cells = cells(arm).stream().filter(cell -> levels.contains(cell.level())).toList();
    if (cells.isEmpty()) {
      return Figures.NONE;
    }
    Set<Long> seeds = cells.getFirst().measurements().keySet();
    SortedMap<Long, Double> means = new TreeMap<>();
    for (long seed : seeds) {
      if (cells.stream().allMatch(cell -> cell.measurements().containsKey(seed))) {
        means.put(
            seed,
            cells.stream()
                .mapToDouble(cell -> cell.accuracies().get(seed))
                .average()
                .orElseThrow());
      }
    }
    return new Figures(means, cells.stream().map(Cell::density).toList());
  }
}
