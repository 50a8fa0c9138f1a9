package dev.espalier.compute.plan;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * What an objective or a method has of its own beside the network, and must find again when its run
 * is resumed: a memory bank, prototypes, a momentum encoder, gates, dual variables, the state of a
 * random stream. Whatever decides a later step and is no function of the step belongs in here.
 */
public interface Owned {
  /** What it is called, unlike anything else that is owned in the run; no slash. */
  String name();

  /**
   * Its arrays by name, where they live: a checkpoint copies them, a resumed run writes them.
   * Always the same names and sizes; native memory or primitive arrays, without padding.
   */
  Map<String, MemorySegment> tensors();

  /** Its other values by key, as text that {@link #resume} takes back to the same bits. */
  Map<String, String> values();

  /**
   * Takes back what {@link #values} gave, before the arrays are written.
   *
   * @throws IllegalArgumentException when they are not its own; it is then as it was
   */
  void resume(Map<String, String> values);
}
