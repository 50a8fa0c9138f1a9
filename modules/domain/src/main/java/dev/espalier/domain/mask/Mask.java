package dev.espalier.domain.mask;

import dev.espalier.domain.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Which weights of a network stay: one {@link TensorMask} for each prunable tensor, sorted by name.
 * Immutable, and named by its content.
 *
 * <p>The canonical bytes, all numbers big-endian: the number of tensors (4 bytes), then for each
 * tensor its name's length in UTF-8 bytes (4), the name, its rank (4), its sizes (4 each), its
 * packed bits. The digest is the SHA-256 of these bytes, never of a file that holds a mask.
 */
public final class Mask {
  private final List<TensorMask> tensors;

  private Mask(List<TensorMask> tensors) {
    this.tensors = tensors;
  }

  /**
   * The mask of these tensors, in any order.
   *
   * @throws IllegalArgumentException when there is none or one comes twice
   */
  public static Mask of(Collection<TensorMask> tensors) {
    List<TensorMask> sorted =
        tensors.stream().sorted(Comparator.comparing(TensorMask::name)).toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("expected a mask of at least one tensor");
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "expected one mask a tensor, got two of " + sorted.get(i).name());
      }
    }
    return new Mask(sorted);
  }

  /**
   * The mask whose {@link #canonicalBytes} these are.
   *
   * @throws IllegalArgumentException when they are not the canonical bytes of any mask
   */
  public static Mask parse(byte[] canonical) {
    ByteBuffer in = ByteBuffer.wrap(canonical);
    try {
      int count = in.getInt();
      List<TensorMask> tensors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tensors.add(parseTensor(in));
      }
      Mask mask = of(tensors);
      if (in.hasRemaining() || !mask.tensors.equals(tensors)) {
        throw new IllegalArgumentException(
            "expected a mask's sorted tensors and nothing after them, got "
                + in.remaining()
                + " more bytes");
      }
      return mask;
    } catch (BufferUnderflowException | NegativeArraySizeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected the canonical bytes of a mask, got "
              + canonical.length
              + " bytes that end early",
          e);
    }
  }

  private static TensorMask parseTensor(ByteBuffer in) {
    String name = new String(take(in, in.getInt()), StandardCharsets.UTF_8);
    int rank = in.getInt();
    List<Integer> shape = new ArrayList<>();
    int length = 1;
    for (int i = 0; i < rank; i++) {
      shape.add(in.getInt());
      length = Math.multiplyExact(length, shape.getLast());
    }
    return TensorMask.copyOf(name, shape, take(in, (length + Byte.SIZE - 1) / Byte.SIZE));
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** The tensors, sorted by name. */
  public List<TensorMask> tensors() {
    return tensors;
  }

  /** The mask of the tensor called {@code name}. */
  public Optional<TensorMask> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /**
   * Whether every weight that this keeps, {@code other} keeps too; false when their tensors differ.
   */
  public boolean isWithin(Mask other) {
    boolean within = tensors.size() == other.tensors.size();
    for (int i = 0; within && i < tensors.size(); i++) {
      within = tensors.get(i).isWithin(other.tensors.get(i));
    }
    return within;
  }

  /**
   * What both keep.
   *
   * @throws IllegalArgumentException when the other is of another network
   */
  public Mask and(Mask other) {
    return with(other, TensorMask::and);
  }

  /**
   * What either keeps.
   *
   * @throws IllegalArgumentException when the other is of another network
   */
  public Mask or(Mask other) {
    return with(other, TensorMask::or);
  }

  /**
   * What exactly one of the two keeps.
   *
   * @throws IllegalArgumentException when the other is of another network
   */
  public Mask xor(Mask other) {
    return with(other, TensorMask::xor);
  }

  /** What this one removes. */
  public Mask not() {
    return new Mask(tensors.stream().map(TensorMask::not).toList());
  }

  private Mask with(Mask other, BinaryOperator<TensorMask> rule) {
    requireAsManyTensors(other);
    List<TensorMask> result = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      result.add(rule.apply(tensors.get(i), other.tensors.get(i)));
    }
    return new Mask(List.copyOf(result));
  }

  /** How many weights stay. */
  public long count() {
    return tensors.stream().mapToLong(TensorMask::count).sum();
  }

  /**
   * How the two agree in each tensor, in the order of {@link #tensors}.
   *
   * @throws IllegalArgumentException when the other is of another network
   */
  public List<Overlap> overlaps(Mask other) {
    requireAsManyTensors(other);
    List<Overlap> overlaps = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      overlaps.add(tensors.get(i).overlap(other.tensors.get(i)));
    }
    return overlaps;
  }

  /**
   * How the two agree in all.
   *
   * @throws IllegalArgumentException when the other is of another network
   */
  public Overlap overlap(Mask other) {
    return overlaps(other).stream().reduce(Overlap::plus).orElseThrow();
  }

  private void requireAsManyTensors(Mask other) {
    if (tensors.size() != other.tensors.size()) {
      throw new IllegalArgumentException(
          "expected another mask of %d tensors, got one of %d"
              .formatted(tensors.size(), other.tensors.size()));
    }
  }

  /** The name: SHA-256 of the canonical bytes. */
  public Digest digest() {
    return Digest.of(canonicalBytes());
  }

  /** The name and counts, of a mask that was cut from {@code parent}. */
  public MaskSummary summary(Optional<Digest> parent) {
    return new MaskSummary(digest(), parent, tensors.stream().map(TensorMask::kept).toList());
  }

  /** The bytes that name this mask; {@link #parse} reads them. */
  public byte[] canonicalBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(tensors.size());
      for (TensorMask tensor : tensors) {
        byte[] name = tensor.name().getBytes(StandardCharsets.UTF_8);
        out.writeInt(name.length);
        out.write(name);
        out.writeInt(tensor.shape().size());
        for (int size : tensor.shape()) {
          out.writeInt(size);
        }
        out.write(tensor.bits());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Mask other && tensors.equals(other.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return "mask " + digest().brief() + " " + tensors;
  }
}
