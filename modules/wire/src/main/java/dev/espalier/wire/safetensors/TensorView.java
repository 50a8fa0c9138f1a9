package dev.espalier.wire.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A safetensors file read where it lies, without copying its tensors. */
public final class TensorView {
  private final MemorySegment data;
  private final Header header;
  private final Map<String, Header.Entry> entries = new HashMap<>();

  private TensorView(MemorySegment data, Header header) {
    this.data = data;
    this.header = header;
    header.entries().forEach(entry -> entries.put(entry.name(), entry));
  }

  /**
   * The file that these bytes are. As little is trusted as by {@link TensorFile#parse}.
   *
   * @throws IllegalArgumentException saying what was expected and what came
   */
  public static TensorView parse(MemorySegment file) {
    long begin = Math.min(Long.BYTES, file.byteSize());
    byte[] first = file.asSlice(0, begin).toArray(ValueLayout.JAVA_BYTE);
    int length = Header.length(first, file.byteSize());
    Header header = Header.parse(file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
    MemorySegment data = file.asSlice(Long.BYTES + (long) length);
    header.requireFilling(data.byteSize());
    return new TensorView(data, header);
  }

  /** The names of all tensors. */
  public Set<String> names() {
    return Set.copyOf(entries.keySet());
  }

  /** Text by key, sorted by key. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * The bytes of a tensor, for as long as the file may be read.
   *
   * @throws IllegalArgumentException when there is none of that name, or it is of another type or
   *     shape
   */
  public MemorySegment bytes(String name, DType dtype, List<Integer> shape) {
    Header.Entry entry =
        Optional.ofNullable(entries.get(name))
            .orElseThrow(
                () -> new IllegalArgumentException("expected a tensor " + name + ", got none"));
    if (entry.dtype() != dtype || !entry.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "expected %s of type %s and shape %s, got %s and %s"
              .formatted(name, dtype, shape, entry.dtype(), entry.shape()));
    }
    return data.asSlice(entry.begin(), entry.end() - entry.begin());
  }
}
