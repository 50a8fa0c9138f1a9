package dev.espalier.wire.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where tensors lie in a safetensors file that is made in place: first {@link #head}, then {@link
 * #bytes} bytes of data, in which each tensor begins at its {@link #offset}. For what is too large
 * to be copied into a {@link TensorFile}; the order of the tensors is the same.
 */
public final class TensorLayout {
  private static final Comparator<Part> ORDER =
      Comparator.<Part>comparingInt(part -> -part.dtype().size())
          .thenComparing(Part::dtype)
          .thenComparing(Part::name);

  private final List<Header.Entry> entries;
  private final Map<String, Long> offsets = new HashMap<>();

  private TensorLayout(List<Header.Entry> entries) {
    this.entries = entries;
    entries.forEach(entry -> offsets.put(entry.name(), entry.begin()));
  }

  /**
   * A tensor without its elements.
   *
   * @param name as {@link Tensor#name}
   * @param dtype the type of the elements
   * @param shape the sizes, each at least 0
   */
  public record Part(String name, DType dtype, List<Integer> shape) {
    /** Copies the shape. */
    public Part {
      shape = List.copyOf(shape);
    }
  }

  /**
   * The layout of these tensors, given in any order.
   *
   * @throws IllegalArgumentException when two have one name, or a shape overflows
   */
  public static TensorLayout of(List<Part> parts) {
    List<Header.Entry> entries = Header.place(parts.stream().sorted(ORDER).toList());
    TensorLayout layout = new TensorLayout(entries);
    if (layout.offsets.size() < parts.size()) {
      throw new IllegalArgumentException("expected each tensor once, got " + parts);
    }
    return layout;
  }

  /** How many bytes the data take. */
  public long bytes() {
    return entries.isEmpty() ? 0 : entries.getLast().end();
  }

  /**
   * Where in the data the tensor called {@code name} begins.
   *
   * @throws IllegalArgumentException when there is none
   */
  public long offset(String name) {
    return Optional.ofNullable(offsets.get(name))
        .orElseThrow(
            () -> new IllegalArgumentException("expected a tensor of the layout, got " + name));
  }

  /** The bytes before the data: the header's length and the header, with {@code metadata}. */
  public byte[] head(Map<String, String> metadata) {
    byte[] header = new Header(entries, metadata).bytes();
    return ByteBuffer.allocate(Long.BYTES + header.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
