package dev.espalier.compute.train;

import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.safetensors.TensorLayout;
import dev.espalier.wire.safetensors.TensorView;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run cut between two steps, so that it goes on to the same bytes as if it had not been: a
 * safetensors file with weights, moments, mask and running statistics, each one flat tensor, and
 * what objective and method own; {@link Position} and their values stand as metadata.
 *
 * <p>{@link #take} copies all of it in one go, into memory that is used again by the next; the copy
 * is hashed and written while the run goes on.
 */
final class Checkpoint implements AutoCloseable {
  private static final String FORM = "2";
  private static final String OWNED = "owned/";

  private final TaskId task;
  private final Parameters parameters;
  private final List<Owned> owned;
  private final List<Piece> pieces;
  private final TensorLayout layout;
  private Optional<NativeArray> copy = Optional.empty();
  private byte[] head = {};

  /** The checkpoints of a run of {@code task} on {@code parameters}. */
  Checkpoint(TaskId task, Parameters parameters, List<Owned> owned) {
    this.task = task;
    this.parameters = parameters;
    this.owned = owned;
    this.pieces = Piece.of(parameters, owned);
    this.layout = TensorLayout.of(pieces.stream().map(Piece::part).toList());
  }

  /** Copies what there is at {@code position}. */
  void take(Position position) {
    MemorySegment data = data();
    for (Piece piece : pieces) {
      piece.save(data.asSlice(layout.offset(piece.part().name()), bytesOf(piece)));
    }
    head = layout.head(metadata(position));
  }

  private MemorySegment data() {
    if (copy.isEmpty()) {
      copy = Optional.of(NativeArray.floats(Math.ceilDiv(layout.bytes(), Float.BYTES)));
    }
    return copy.get().segment().asSlice(0, layout.bytes());
  }

  private static long bytesOf(Piece piece) {
    long bytes = piece.part().dtype().size();
    for (int size : piece.part().shape()) {
      bytes *= size;
    }
    return bytes;
  }

  /** Keeps what {@link #take} copied; on return it is durable. On any thread, before the next. */
  Digest keepIn(Artifacts artifacts) {
    return artifacts.put(List.of(MemorySegment.ofArray(head), data()));
  }

  private Map<String, String> metadata(Position position) {
    Map<String, String> metadata = new TreeMap<>(position.texts());
    metadata.put("form", FORM);
    metadata.put("task", task.toString());
    metadata.put("tensors", tensors().toString());
    for (Owned owner : owned) {
      owner.values().forEach((key, value) -> metadata.put(OWNED + owner.name() + "/" + key, value));
    }
    return metadata;
  }

  /** Names and shapes of the network's tensors, by digest. */
  private Digest tensors() {
    String names =
        parameters.slots().stream()
            .map(Checkpoint::describe)
            .collect(Collectors.joining("\n", "", "\n"));
    return Digest.of(names.getBytes(StandardCharsets.UTF_8));
  }

  private static String describe(Slot slot) {
    return slot.name() + " " + slot.shape();
  }

  /**
   * Gives the run what {@code file} holds; nothing is touched unless all of it is there.
   *
   * @return where the run goes on
   * @throws IllegalArgumentException when the file is no checkpoint of this task, or of another
   *     form or network, or lacks something
   */
  Position restore(MemorySegment file) {
    TensorView view = TensorView.parse(file);
    Map<String, String> metadata = view.metadata();
    require(metadata, "form", FORM);
    require(metadata, "task", task.toString());
    require(metadata, "tensors", tensors().toString());
    requireSame(pieces.stream().map(piece -> piece.part().name()).toList(), view.names());
    pieces.forEach(piece -> bytesIn(view, piece));
    Position position = Position.of(metadata);
    owned.forEach(owner -> owner.resume(valuesOf(owner, metadata)));
    pieces.forEach(piece -> piece.restore(bytesIn(view, piece)));
    return position;
  }

  private static MemorySegment bytesIn(TensorView view, Piece piece) {
    return view.bytes(piece.part().name(), piece.part().dtype(), piece.part().shape());
  }

  private static void require(Map<String, String> metadata, String key, String expected) {
    String came = metadata.getOrDefault(key, "none");
    if (!came.equals(expected)) {
      throw new IllegalArgumentException(
          "expected a checkpoint of %s %s, got %s".formatted(key, expected, came));
    }
  }

  private static void requireSame(List<String> expected, Set<String> came) {
    if (!came.equals(new HashSet<>(expected))) {
      throw new IllegalArgumentException(
          "expected a checkpoint of %s, got one of %s"
              .formatted(expected.stream().sorted().toList(), came.stream().sorted().toList()));
    }
  }

  private static Map<String, String> valuesOf(Owned owner, Map<String, String> metadata) {
    String prefix = OWNED + owner.name() + "/";
    return metadata.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  @Override
  public void close() {
    copy.ifPresent(NativeArray::close);
  }
}
