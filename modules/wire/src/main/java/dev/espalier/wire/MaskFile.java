package dev.espalier.wire;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mask as a safetensors file: under each parameter's PyTorch name and shape a {@code U8} tensor
 * of 1 (kept) and 0 (removed), which {@code torch.nn.utils.prune.custom_from_mask} takes. The
 * metadata name the mask and say where it is from.
 */
public final class MaskFile {
  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "espalier.mask.v1";
  private static final String DIGEST_KEY = "digest";

  private MaskFile() {}

  /**
   * The file's bytes.
   *
   * @param origin more metadata, such as {@code objective} and {@code round}
   */
  public static byte[] write(Mask mask, Map<String, String> origin) {
    Map<String, String> metadata = new TreeMap<>(origin);
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.put(DIGEST_KEY, mask.digest().toString());
    return TensorFile.of(mask.tensors().stream().map(MaskFile::tensor).toList(), metadata).bytes();
  }

  /** The bytes of a file of {@code mask} that says where {@code published} has it from. */
  public static byte[] write(Mask mask, MaskPublished published) {
    return write(
        mask,
        Map.of(
            "study", published.study().toString(),
            "task", published.task().toString(),
            "objective", published.objective().toString(),
            "round", Integer.toString(published.round()),
            "seed", Long.toString(published.seed())));
  }

  private static Tensor tensor(TensorMask mask) {
    byte[] kept = new byte[mask.length()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) (mask.keeps(i) ? 1 : 0);
    }
    return Tensor.ofBytes(mask.name(), mask.shape(), kept);
  }

  /**
   * The mask in a file.
   *
   * @throws IllegalArgumentException when the bytes are no safetensors file, a tensor holds
   *     anything but 0 and 1, or the mask is not the one that the metadata name
   */
  public static Mask read(byte[] file) {
    TensorFile tensors = TensorFile.parse(file);
    Mask mask = Mask.of(tensors.tensors().stream().map(MaskFile::tensorMask).toList());
    String named = tensors.metadata().getOrDefault(DIGEST_KEY, mask.digest().toString());
    if (!Digest.parse(named).equals(mask.digest())) {
      throw new IllegalArgumentException(
          "expected the mask " + named + " that the file names, got " + mask.digest());
    }
    return mask;
  }

  private static TensorMask tensorMask(Tensor tensor) {
    byte[] values = tensor.bytes();
    boolean[] kept = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new IllegalArgumentException(
            "expected 0 or 1 in the mask of " + tensor.name() + ", got " + (values[i] & 0xFF));
      }
      kept[i] = values[i] == 1;
    }
    return TensorMask.of(tensor.name(), tensor.shape(), kept);
  }
}
