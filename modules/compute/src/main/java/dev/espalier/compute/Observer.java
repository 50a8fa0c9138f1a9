package dev.espalier.compute;

import dev.espalier.compute.train.Watcher;

/**
 * Who watches the work on a task. All calls come from the thread that computes, which waits for
 * them.
 */
public interface Observer extends Watcher {}
