package dev.espalier.compute.onednn;

/**
 * One piece of a step's work, bound to its buffers.
 *
 * @param name what it does and for which layer, for profiles
 * @param work the work
 */
record Kernel(String name, Runnable work) {
  void run() {
    work.run();
  }
}
