package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Recipe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A mask and where its tensors lie in the flat buffers of a network. Immutable.
 *
 * <p>It stays packed, one bit a weight: reading it beside the weights costs a thirty-second of what
 * they cost.
 */
public final class FlatMask {
  private final List<Slot> slots;
  private final List<Slot> prunable;
  private final Mask mask;

  private FlatMask(List<Slot> slots, Mask mask) {
    this.slots = slots;
    this.prunable = prunableOf(slots);
    this.mask = mask;
  }

  private static List<Slot> prunableOf(List<Slot> slots) {
    return slots.stream().filter(Slot::prunable).sorted(Comparator.comparing(Slot::name)).toList();
  }

  /** The mask of a dense network, whose tensors lie in {@code slots}. */
  public static FlatMask dense(List<Slot> slots) {
    List<TensorMask> tensors =
        prunableOf(slots).stream()
            .map(slot -> TensorMask.dense(slot.name(), slot.shape()))
            .toList();
    return new FlatMask(List.copyOf(slots), Mask.of(tensors));
  }

  /**
   * {@code mask} in the buffers of the network whose tensors lie in {@code slots}.
   *
   * @throws IllegalArgumentException unless the mask has exactly the prunable tensors of {@code
   *     slots}, in their shapes
   */
  public static FlatMask of(List<Slot> slots, Mask mask) {
    FlatMask flat = new FlatMask(List.copyOf(slots), mask);
    if (mask.tensors().size() != flat.prunable.size()) {
      throw new IllegalArgumentException(
          "expected a mask of the %d prunable tensors of the network, got one of %d"
              .formatted(flat.prunable.size(), mask.tensors().size()));
    }
    for (int i = 0; i < flat.prunable.size(); i++) {
      requireFit(flat.prunable.get(i), mask.tensors().get(i));
    }
    return flat;
  }

  /**
   * The mask that {@code values} hold: what {@link #applyTo} wrote there.
   *
   * @param values float32, flat: 0 where a weight was removed
   */
  public static FlatMask read(List<Slot> slots, MemorySegment values) {
    List<TensorMask> tensors = new ArrayList<>();
    for (Slot slot : prunableOf(slots)) {
      boolean[] kept = new boolean[slot.length()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = values.getAtIndex(ValueLayout.JAVA_FLOAT, (long) slot.offset() + i) != 0;
      }
      tensors.add(TensorMask.of(slot.name(), slot.shape(), kept));
    }
    return new FlatMask(List.copyOf(slots), Mask.of(tensors));
  }

  private static void requireFit(Slot slot, TensorMask mask) {
    if (!slot.name().equals(mask.name()) || !slot.shape().equals(mask.shape())) {
      throw new IllegalArgumentException(
          "mask of %s has shape %s, expected %s of shape %s"
              .formatted(mask.name(), mask.shape(), slot.name(), slot.shape()));
    }
  }

  /** This one with other tensors in place of those of the same names. */
  FlatMask with(List<TensorMask> cut) {
    List<TensorMask> tensors = new ArrayList<>(mask.tensors());
    tensors.replaceAll(
        old ->
            cut.stream()
                .filter(tensor -> tensor.name().equals(old.name()))
                .findFirst()
                .orElse(old));
    return of(slots, Mask.of(tensors));
  }

  /** The prunable tensors, sorted by name. */
  List<MaskedTensor> tensors() {
    List<MaskedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < prunable.size(); i++) {
      tensors.add(new MaskedTensor(prunable.get(i), mask.tensors().get(i)));
    }
    return tensors;
  }

  /** Those of them that {@code recipe} may prune, sorted by name. */
  List<MaskedTensor> tensors(Recipe recipe) {
    return tensors(recipe.depth());
  }

  private List<MaskedTensor> tensors(OptionalInt depth) {
    if (depth.isEmpty()) {
      return tensors();
    }
    List<Slot> first =
        slots.stream()
            .filter(slot -> slot.prunable() && slot.kind() == Slot.Kind.CONVOLUTION)
            .limit(depth.getAsInt())
            .toList();
    return tensors().stream().filter(tensor -> first.contains(tensor.slot())).toList();
  }

  /**
   * The mask with what {@code change} makes of its part in the first convolutions.
   *
   * @param depth how many of them; absent: all that is prunable
   * @param change gives a mask of the same tensors
   */
  public Mask changed(OptionalInt depth, UnaryOperator<Mask> change) {
    List<TensorMask> part = tensors(depth).stream().map(MaskedTensor::mask).toList();
    return with(change.apply(Mask.of(part)).tensors()).toMask();
  }

  /** Where the tensors lie that {@code recipe} may prune. */
  public List<Slot> slots(Recipe recipe) {
    return tensors(recipe).stream().map(MaskedTensor::slot).toList();
  }

  /** How many of the weights that {@code recipe} may prune stay. */
  public long count(Recipe recipe) {
    return tensors(recipe).stream().mapToLong(tensor -> tensor.mask().count()).sum();
  }

  /** How many prunable weights stay. */
  public long count() {
    return mask.count();
  }

  /** How many prunable weights there are. */
  public long total() {
    return prunable.stream().mapToLong(Slot::length).sum();
  }

  /** The mask, tensor by tensor. */
  public Mask toMask() {
    return mask;
  }

  /**
   * Puts a network under this mask, in one pass: writes its mask, and sets the weights that were
   * removed, and their moments, to exactly 0.
   *
   * @param parameters float32, of the network whose slots this mask was made for
   * @param crew who shares the work
   * @throws IllegalArgumentException when they are of another network or number format
   */
  public void applyTo(Parameters parameters, Crew crew) {
    requireFit(parameters);
    List<MemorySegment> zeroed =
        Stream.of(Buffer.WEIGHTS, Buffer.MOMENTS, Buffer.SECOND_MOMENTS)
            .filter(parameters.buffers()::contains)
            .map(parameters::segment)
            .toList();
    applyTo(parameters.segment(Buffer.MASK), zeroed, crew);
  }

  /**
   * As above, on some flat buffers.
   *
   * @param values where the mask goes: 1 where a weight stays, 0 where it was removed; nothing is
   *     written where nothing is prunable
   * @param zeroed where removed weights become 0; float32, as long as {@code values}
   */
  public void applyTo(MemorySegment values, List<MemorySegment> zeroed, Crew crew) {
    new MaskWriter(values, zeroed).write(tensors(), crew);
  }

  private void requireFit(Parameters parameters) {
    if (parameters.isFloat64() || !parameters.slots().equals(slots)) {
      throw new IllegalArgumentException(
          "expected float32 parameters of the network that the mask is for, got "
              + (parameters.isFloat64() ? "float64 of " : "")
              + parameters.architecture().name());
    }
  }

  /**
   * How many prunable weights stay and are yet 0 to machine precision, see {@link
   * NaturalSparsity#EPSILON}.
   *
   * @param weights float32, as the flat buffers have them; those that were removed are 0
   */
  public long zeros(MemorySegment weights) {
    long zeros = 0;
    for (Slot slot : prunable) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        float size = Math.abs(weights.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        zeros += size < NaturalSparsity.EPSILON ? 1 : 0;
      }
    }
    return zeros - (total() - count());
  }

  /**
   * How many weights are not 0 although they were removed.
   *
   * @param weights float32, as the flat buffers have them
   */
  public long violations(MemorySegment weights) {
    return MaskWriter.violations(tensors(), weights);
  }
}
