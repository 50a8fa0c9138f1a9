package dev.espalier.compute.train;

import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.wire.safetensors.DType;
import dev.espalier.wire.safetensors.TensorLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One array that a checkpoint holds, and where it lives while the run goes on. */
sealed interface Piece {
  /** Its name, type and shape in the file. */
  TensorLayout.Part part();

  /** Copies it to {@code file}, which has room for exactly this. */
  void save(MemorySegment file);

  /** Writes it from what {@link #save} left. */
  void restore(MemorySegment file);

  /** An array as it is. */
  record Plain(TensorLayout.Part part, MemorySegment live) implements Piece {
    @Override
    public void save(MemorySegment file) {
      file.copyFrom(live);
    }

    @Override
    public void restore(MemorySegment file) {
      live.copyFrom(file);
    }
  }

  /** A mask of zeros and ones in float32, a bit each. */
  record Mask(TensorLayout.Part part, MemorySegment live) implements Piece {
    @Override
    public void save(MemorySegment file) {
      Bits.pack(live, file);
    }

    @Override
    public void restore(MemorySegment file) {
      Bits.unpack(file, live);
    }
  }

  /** Everything of {@code parameters} that a step does not make anew, and of what is owned. */
  static List<Piece> of(Parameters parameters, List<Owned> owned) {
    List<Piece> pieces = new ArrayList<>();
    for (Buffer buffer : parameters.buffers()) {
      String name = buffer.name().toLowerCase(Locale.ROOT);
      MemorySegment live = parameters.segment(buffer);
      int length = parameters.length(buffer);
      switch (buffer) {
        case WEIGHTS, MOMENTS, SECOND_MOMENTS, STATISTICS ->
            pieces.add(new Plain(new TensorLayout.Part(name, DType.F32, List.of(length)), live));
        case MASK -> {
          List<Integer> bytes = List.of(Bits.bytes(length));
          pieces.add(new Mask(new TensorLayout.Part(name, DType.U8, bytes), live));
        }
        case GRADIENTS -> {}
      }
    }
    owned.forEach(owner -> pieces.addAll(of(owner)));
    return List.copyOf(pieces);
  }

  private static List<Piece> of(Owned owner) {
    List<Piece> pieces = new ArrayList<>();
    owner
        .tensors()
        .forEach(
            (name, live) -> {
              List<Integer> bytes = List.of(Math.toIntExact(live.byteSize()));
              String full = owner.name() + "/" + name;
              pieces.add(new Plain(new TensorLayout.Part(full, DType.U8, bytes), live));
            });
    return pieces;
  }
}
