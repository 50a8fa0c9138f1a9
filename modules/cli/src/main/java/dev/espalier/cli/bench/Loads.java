package dev.espalier.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.compute.bench.Load;

/** Loads in JSON. */
final class Loads {
  private Loads() {}

  /** Puts what {@code load} is into {@code object}. */
  static void put(ObjectNode object, Load load) {
    object
        .put("network", load.network().toString())
        .put("size", load.size())
        .put("batch", load.batch())
        .put("threads", load.threads())
        .put("precision", load.precision().toString());
  }
}
