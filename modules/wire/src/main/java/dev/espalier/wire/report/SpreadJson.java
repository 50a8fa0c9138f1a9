package dev.espalier.wire.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.report.Spread;

/** A mean and how sure it is, as JSON. */
final class SpreadJson {
  private SpreadJson() {}

  /** Puts {@code spread} into {@code node}. */
  static void put(ObjectNode node, Spread spread) {
    node.put("mean", spread.mean());
    spread.standardError().ifPresent(error -> node.put("standardError", error));
    node.put("count", spread.count());
  }
}
