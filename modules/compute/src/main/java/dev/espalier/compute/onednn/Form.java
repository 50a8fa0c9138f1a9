package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.study.Precision;

/**
 * What a network is compiled for.
 *
 * @param batch images of a batch, at least 1
 * @param precision what activations are stored and multiplied in
 * @param crew the threads that a kernel is shared among
 * @param choices which implementations convolutions take
 */
record Form(int batch, Precision precision, Crew crew, Choices choices) {
  /** Threads that a kernel is shared among, at least 1. */
  int threads() {
    return crew.size();
  }
}
