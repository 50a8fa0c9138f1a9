package dev.espalier.fleet.loop;

/** What a role tells about its health. Safe for use by many threads. */
public interface Pulse {
  /** What it is called among the others of its process. */
  String title();

  /** Whether it works; when it does not, its process should be started anew. */
  boolean lives();

  /** Whether it can be relied on at the moment: it has caught up with the log, say. */
  boolean isReady();
}
