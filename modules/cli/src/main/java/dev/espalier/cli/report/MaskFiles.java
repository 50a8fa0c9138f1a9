package dev.espalier.cli.report;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
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

  private static Mask bitsOf(MaskPublished published, Artifacts artifacts) {
    Digest digest = published.summary().digest();
    return published
        .bits()
        .or(() -> artifacts.get(digest).map(Mask::parse))
        .orElseThrow(
            () -> new IllegalStateException("expected the mask " + digest + " in the store"));
  }

  /** Unsigned bytes 0 and 1 under the parameters' names, in their shapes. */
  private static byte[] bytes(Mask mask, MaskPublished published) {
    Map<String, String> about =
        Map.of(
            "mask", published.summary().digest().toString(),
            "study", published.study().toString(),
            "task", published.task().toString(),
            "objective", published.objective().toString(),
            "round", Integer.toString(published.round()),
            "seed", Long.toString(published.seed()));
    return TensorFile.of(mask.tensors().stream().map(MaskFiles::tensor).toList(), about).bytes();
  }

  private static Tensor tensor(TensorMask mask) {
    byte[] kept = new byte[mask.length()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) (mask.keeps(i) ? 1 : 0);
    }
    return Tensor.ofBytes(mask.name(), mask.shape(), kept);
  }
}
