package dev.espalier.cli.report;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.wire.MaskFile;
import dev.espalier.wire.report.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes masks as safetensors files that are named by the masks' digests. */
final class MaskFiles {
  private MaskFiles() {}

  /** Writes the file of {@code published}; one that is there already has the same content. */
  static void write(MaskPublished published, Artifacts artifacts, Path folder) {
    Path file = folder.resolve(ReportJson.fileOf(published.summary().digest()));
    if (!Files.exists(file)) {
      AtomicFile.write(file, MaskFile.write(bitsOf(published, artifacts), published));
    }
  }

  /** The bits of {@code published}: its own, or those in the store. */
  static Mask bitsOf(MaskPublished published, Artifacts artifacts) {
    return published
        .bitsIn(artifacts)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected the mask " + published.summary().digest() + " in the store"));
  }
}
