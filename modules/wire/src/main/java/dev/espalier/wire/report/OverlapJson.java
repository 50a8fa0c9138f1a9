package dev.espalier.wire.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.report.MaskOverlap;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.report.Pair;

/** Overlaps of masks as JSON. */
final class OverlapJson {
  private OverlapJson() {}

  /** Puts {@code overlap} into {@code node}. */
  static void put(ObjectNode node, MaskOverlap overlap) {
    node.put("first", Pair.nameOf(overlap.pair().first()));
    node.put("second", Pair.nameOf(overlap.pair().second()));
    node.put("seeds", overlap.pair().isAcrossSeeds() ? "different" : "same");
    node.put("level", overlap.level()).put("density", overlap.density());
    put(node.putObject("all"), overlap.all());
    var tensors = node.putArray("tensors");
    overlap
        .tensors()
        .forEach(tensor -> put(tensors.addObject().put("name", tensor.name()), tensor));
  }

  private static void put(ObjectNode node, Agreement agreement) {
    SpreadJson.put(node, agreement.iou());
    node.put("chance", agreement.chance()).put("chanceByTensor", agreement.chanceByTensor());
  }
}
