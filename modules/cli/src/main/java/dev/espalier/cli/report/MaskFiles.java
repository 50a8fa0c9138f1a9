package dev.espalier.cli.report;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.wire.MaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes masks as safetensors files that are named by the masks' digests. */
final class MaskFiles {
  private MaskFiles() {}

  /** Where the mask called {@code digest} lies, from the report's folder. */
  static String fileOf(Digest digest) {
    return "masks/" + digest.hex() + ".safetensors";
  }

  /** Writes the file of {@code published}; one that is there already has the same content. */
  static void write(MaskPublished published, Artifacts artifacts, Path folder) {
    Path file = folder.resolve(fileOf(published.summary().digest()));
    if (!Files.exists(file)) {
      AtomicFile.write(file, bytes(bitsOf(published, artifacts), published));
    }
  }

  /** The bits of {@code published}: its own, or those in the store. */
  static Mask bitsOf(MaskPublished published, Artifacts artifacts) {
    Digest digest = published.summary().digest();
    return published
        .bits()
        .or(() -> artifacts.get(digest).map(Mask::parse))
        .orElseThrow(
            () -> new IllegalStateException("expected the mask " + digest + " in the store"));
  }

  private static byte[] bytes(Mask mask, MaskPublished published) {
    Map<String, String> origin =
        Map.of(
            "study", published.study().toString(),
            "task", published.task().toString(),
            "objective", published.objective().toString(),
            "round", Integer.toString(published.round()),
            "seed", Long.toString(published.seed()));
    return MaskFile.write(mask, origin);
  }
}
