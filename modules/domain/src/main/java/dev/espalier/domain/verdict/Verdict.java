package dev.espalier.domain.verdict;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a study says of a claim.
 *
 * @param claim which
 * @param densities those that the number was taken at, falling; empty where it is of the dense
 *     network alone
 * @param values the number by seed; at least two
 * @param estimate their mean and where it lies
 * @param ruling what follows
 */
public record Verdict(
    Claim claim,
    List<Double> densities,
    SortedMap<Long, Double> values,
    Estimate estimate,
    Ruling ruling) {
  /** Copies the collections. */
  public Verdict {
    densities = List.copyOf(densities);
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
