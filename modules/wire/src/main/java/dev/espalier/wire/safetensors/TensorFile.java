package dev.espalier.wire.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A safetensors file: eight bytes with the length of a JSON header, the header, then the tensors'
 * bytes without gaps.
 *
 * <p>Equal content gives equal bytes, whatever order it was given in: tensors stand by falling
 * element size, then by name, so that each is aligned (as the format's own writer puts them);
 * metadata stand by key.
 */
public final class TensorFile {
  private static final Comparator<Tensor> ORDER =
      Comparator.<Tensor>comparingInt(tensor -> -tensor.dtype().size())
          .thenComparing(Tensor::dtype)
          .thenComparing(Tensor::name);

  private final List<Tensor> tensors;
  private final Map<String, String> metadata;

  private TensorFile(List<Tensor> tensors, Map<String, String> metadata) {
    this.tensors = tensors;
    this.metadata = metadata;
  }

  /**
   * The file of these tensors, in any order.
   *
   * @param metadata text by key; may be empty
   * @throws IllegalArgumentException when two tensors have one name
   */
  public static TensorFile of(List<Tensor> tensors, Map<String, String> metadata) {
    long names = tensors.stream().map(Tensor::name).distinct().count();
    if (names < tensors.size()) {
      throw new IllegalArgumentException("expected each tensor once, got " + tensors);
    }
    return new TensorFile(
        tensors.stream().sorted(ORDER).toList(),
        Collections.unmodifiableMap(new TreeMap<>(metadata)));
  }

  /**
   * The file that these bytes are. Nothing in them is trusted: the length of the header, its JSON,
   * duplicate keys, types, shapes, and that the tensors fill the rest without gap or overlap.
   *
   * @throws IllegalArgumentException saying what was expected and what came
   */
  public static TensorFile parse(byte[] bytes) {
    int header = Header.length(bytes, bytes.length);
    Header read = Header.parse(Arrays.copyOfRange(bytes, Long.BYTES, Long.BYTES + header));
    int base = Long.BYTES + header;
    read.requireFilling(bytes.length - base);
    List<Tensor> tensors =
        read.entries().stream().map(entry -> entry.tensorIn(bytes, base)).toList();
    return of(tensors, read.metadata());
  }

  /** The tensors, by falling element size, then by name. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** The tensor called {@code name}. */
  public Optional<Tensor> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /** Text by key, sorted by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The file's bytes; {@link #parse} reads them.
   *
   * @throws ArithmeticException when they would be 2 GiB or more
   */
  public byte[] bytes() {
    byte[] header = Header.of(tensors, metadata).bytes();
    long data = tensors.stream().mapToLong(Tensor::span).sum();
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + header.length + data))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    tensors.forEach(tensor -> tensor.writeTo(out));
    return out.array();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TensorFile other
        && tensors.equals(other.tensors)
        && metadata.equals(other.metadata);
  }

  @Override
  public int hashCode() {
    return 31 * tensors.hashCode() + metadata.hashCode();
  }

  @Override
  public String toString() {
    return tensors + " " + metadata;
  }
}
