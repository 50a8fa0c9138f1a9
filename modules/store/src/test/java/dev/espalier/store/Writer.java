package dev.espalier.store;

import java.nio.file.Path;

/** Puts artifacts into a folder until it is killed, and says the name of each that was put. */
final class Writer {
  private Writer() {}

  public static void main(String[] arguments) {
    ArtifactStore store = FileArtifacts.in(Path.of(arguments[0]));
    for (int size = 1; ; size += 997) {
      System.out.println(store.put(ArtifactsContract.bytes(size % 3_000_000)));
    }
  }
}
