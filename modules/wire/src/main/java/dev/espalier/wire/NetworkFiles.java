package dev.espalier.wire;

import java.util.Optional;

/** Where the files are that describe networks. */
@FunctionalInterface
public interface NetworkFiles {
  /**
   * The text of one.
   *
   * @param name as the study has it: a path relative to the study's own file
   * @return its YAML; empty when there is none that can be read
   */
  Optional<String> text(String name);
}
