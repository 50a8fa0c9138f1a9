package dev.espalier.compute.train;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.study.Objective;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The weights and running statistics of a network at a step, W_k or W*: a safetensors file under
 * PyTorch's names, which says what they were trained on and for how many steps.
 */
public final class WeightsFile {
  private static final String OBJECTIVE = "objective";
  private static final String STEP = "step";
  private static final String IMAGES = "images";

  private final TensorFile file;

  private WeightsFile(TensorFile file) {
    this.file = file;
  }

  /**
   * What {@code parameters} hold after {@code step} steps of training on {@code objective}.
   *
   * @param batch images of a step
   */
  static WeightsFile of(Parameters parameters, Objective objective, long step, int batch) {
    List<Tensor> tensors = new ArrayList<>();
    tensors.addAll(FlatTensors.of(parameters.slots(), parameters.floats(Buffer.WEIGHTS), ""));
    tensors.addAll(
        FlatTensors.of(parameters.statistics(), parameters.floats(Buffer.STATISTICS), ""));
    Map<String, String> metadata =
        Map.of(
            OBJECTIVE,
            objective.toString(),
            STEP,
            Long.toString(step),
            IMAGES,
            Long.toString(step * batch));
    return new WeightsFile(TensorFile.of(tensors, metadata));
  }

  /** The same with what {@code owned} have beside the weights, for who looks at a loss anew. */
  WeightsFile with(List<Owned> owned) {
    List<Tensor> tensors = new ArrayList<>(file.tensors());
    Map<String, String> metadata = new TreeMap<>(file.metadata());
    for (Owned owner : owned) {
      owner
          .tensors()
          .forEach(
              (name, live) -> {
                byte[] bytes = live.toArray(ValueLayout.JAVA_BYTE);
                tensors.add(Tensor.ofBytes(key(owner, name), List.of(bytes.length), bytes));
              });
      owner.values().forEach((name, value) -> metadata.put(key(owner, name), value));
    }
    return new WeightsFile(TensorFile.of(tensors, metadata));
  }

  private static String key(Owned owner, String name) {
    return owner.name() + "/" + name;
  }

  /**
   * Gives {@code owned} what {@link #with} kept.
   *
   * @throws IllegalArgumentException when that is nothing, or of another size
   */
  void copyTo(List<Owned> owned) {
    for (Owned owner : owned) {
      String prefix = key(owner, "");
      owner.resume(
          file.metadata().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .collect(
                  Collectors.toUnmodifiableMap(
                      entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue)));
      owner.tensors().forEach((name, live) -> live.copyFrom(bytes(key(owner, name), live)));
    }
  }

  private MemorySegment bytes(String name, MemorySegment live) {
    return file.tensor(name)
        .map(tensor -> MemorySegment.ofArray(tensor.bytes()))
        .filter(bytes -> bytes.byteSize() == live.byteSize())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected %d bytes of %s beside the weights".formatted(live.byteSize(), name)));
  }

  /**
   * The file that {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static WeightsFile parse(byte[] bytes) {
    WeightsFile weights = new WeightsFile(TensorFile.parse(bytes));
    weights.objective();
    weights.step();
    weights.images();
    return weights;
  }

  /** The file's bytes: a function of the weights, the objective and the step alone. */
  public byte[] bytes() {
    return file.bytes();
  }

  /** The name of the objective that the weights were trained on. */
  public String objective() {
    return metadata(OBJECTIVE);
  }

  /** For how many optimizer steps they were trained. */
  public long step() {
    return Long.parseLong(metadata(STEP));
  }

  /** How many images they were shown, however many inputs those became. */
  public long images() {
    return Long.parseLong(metadata(IMAGES));
  }

  private String metadata(String key) {
    return Optional.ofNullable(file.metadata().get(key))
        .orElseThrow(
            () -> new IllegalArgumentException("expected weights that state their " + key));
  }

  /**
   * Gives {@code parameters} these weights and statistics, and moments of 0.
   *
   * @throws IllegalArgumentException when they are those of another network
   */
  public void copyTo(Parameters parameters) {
    float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
    copy(parameters, parameters.slots(), weights);
  }

  /**
   * Gives {@code parameters} the weights and statistics of all layers but the head, which is drawn
   * anew, and moments of 0.
   *
   * @param seed what the head is drawn from
   * @throws IllegalArgumentException when they are those of another network
   */
  public void copyTrunkTo(Parameters parameters, long seed) {
    Architecture architecture = parameters.architecture();
    float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
    Initialisation.drawHead(parameters, seed, weights);
    copy(
        parameters,
        parameters.slots().stream().filter(slot -> !architecture.isOfHead(slot.name())).toList(),
        weights);
  }

  private void copy(Parameters parameters, List<Slot> slots, float[] weights) {
    FlatTensors.copy(file, slots, "", weights);
    float[] statistics = new float[parameters.length(Buffer.STATISTICS)];
    FlatTensors.copy(file, parameters.statistics(), "", statistics);
    parameters.set(Buffer.WEIGHTS, weights);
    parameters.set(Buffer.STATISTICS, statistics);
    parameters.clearMoments();
  }
}
