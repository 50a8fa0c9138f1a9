package dev.espalier.wire.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.verdict.Claim;
import dev.espalier.domain.verdict.Estimate;
import dev.espalier.domain.verdict.Quantity;
import dev.espalier.domain.verdict.Untested;
import dev.espalier.domain.verdict.Verdict;

/** Verdicts on a paper's conclusions as JSON. */
final class VerdictJson {
  private VerdictJson() {}

  /** Puts {@code verdict} into {@code node}. */
  static void put(ObjectNode node, Verdict verdict) {
    put(node, verdict.claim());
    node.put("where", verdict.claim().quantity().where());
    ArrayNode densities = node.putArray("densities");
    verdict.densities().forEach(densities::add);
    ObjectNode values = node.putObject("values");
    verdict.values().forEach((seed, value) -> values.put(seed.toString(), value));
    Estimate estimate = verdict.estimate();
    node.put("mean", estimate.mean()).put("standardError", estimate.standardError());
    node.put("count", estimate.count());
    node.put("low", estimate.low()).put("high", estimate.high());
    node.put("verdict", verdict.ruling().toString());
  }

  /** Puts {@code untested} into {@code node}. */
  static void put(ObjectNode node, Untested untested) {
    put(node, untested.claim());
    node.put("reason", untested.reason());
  }

  private static void put(ObjectNode node, Claim claim) {
    node.put("claim", claim.name()).put("statement", claim.statement());
    node.put("source", claim.source());
    ObjectNode quantity = node.putObject("quantity");
    switch (claim.quantity()) {
      case Quantity.Lead lead ->
          arms(quantity.put("kind", "lead"), lead.first().toString(), lead.second().toString());
      case Quantity.Growth growth ->
          arms(
              quantity.put("kind", "growth"),
              growth.first().toString(),
              growth.second().toString());
      case Quantity.Deepening deepening ->
          arms(
              quantity.put("kind", "deepening").put("variant", deepening.variant()),
              deepening.first().toString(),
              deepening.second().toString());
      case Quantity.Gain gain -> quantity.put("kind", "gain").put("arm", gain.arm().toString());
      case Quantity.Zeros zeros ->
          quantity.put("kind", "zeros").put("objective", zeros.objective().toString());
    }
    bound(node, "expectedAbove", claim.expected().above());
    bound(node, "expectedBelow", claim.expected().below());
  }

  private static void arms(ObjectNode quantity, String first, String second) {
    quantity.put("first", first).put("second", second);
  }

  private static void bound(ObjectNode node, String key, double bound) {
    if (Double.isFinite(bound)) {
      node.put(key, bound);
    }
  }
}
