package dev.espalier.compute.train;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run cut between two steps, so that it goes on to the same bytes as if it had not been: a
 * safetensors file with the weights and running statistics under PyTorch's names, the moments and
 * the mask under the same with a suffix, and the {@link Position} as metadata.
 */
final class Checkpoint {
  private static final String MOMENT = ".moment";
  private static final String MASK = ".mask";

  private final TensorFile file;

  private Checkpoint(TensorFile file) {
    this.file = file;
  }

  /** What {@code parameters} hold at {@code position} of {@code task}. */
  static Checkpoint of(TaskId task, Position position, Parameters parameters) {
    List<Tensor> tensors = new ArrayList<>();
    tensors.addAll(FlatTensors.of(parameters.slots(), parameters.floats(Buffer.WEIGHTS), ""));
    tensors.addAll(FlatTensors.of(parameters.slots(), parameters.floats(Buffer.MOMENTS), MOMENT));
    tensors.addAll(FlatTensors.of(parameters.slots(), parameters.floats(Buffer.MASK), MASK));
    tensors.addAll(
        FlatTensors.of(parameters.statistics(), parameters.floats(Buffer.STATISTICS), ""));
    return new Checkpoint(TensorFile.of(tensors, metadata(task, position)));
  }

  private static Map<String, String> metadata(TaskId task, Position position) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("task", task.toString());
    metadata.put("step", Long.toString(position.step()));
    metadata.put("began", Long.toString(position.began()));
    metadata.put("images", Long.toString(position.cost().images()));
    metadata.put("time", position.cost().time().toString());
    metadata.put("provider", position.numerics().provider());
    metadata.put("processor", position.numerics().processor());
    metadata.put("threads", Integer.toString(position.numerics().threads()));
    metadata.put("build", position.numerics().build());
    metadata.put("mixed", Boolean.toString(position.numerics().mixed()));
    metadata.put("losses", Double.toHexString(position.losses()));
    metadata.put("summed", Long.toString(position.summed()));
    position
        .numerics()
        .primitives()
        .ifPresent(digest -> metadata.put("primitives", digest.toString()));
    position.rewind().ifPresent(digest -> metadata.put("rewind", digest.toString()));
    return metadata;
  }

  /**
   * The checkpoint that {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Checkpoint parse(byte[] bytes) {
    return new Checkpoint(TensorFile.parse(bytes));
  }

  /** The file's bytes. */
  byte[] bytes() {
    return file.bytes();
  }

  /**
   * Gives {@code parameters} what they held.
   *
   * @return where the run of {@code task} goes on
   * @throws IllegalArgumentException when the checkpoint is another task's
   */
  Position restore(TaskId task, Parameters parameters) {
    if (!text("task").equals(task.toString())) {
      throw new IllegalArgumentException(
          "expected a checkpoint of task " + task + ", got one of " + text("task"));
    }
    float[] flat = new float[parameters.length(Buffer.WEIGHTS)];
    FlatTensors.copy(file, parameters.slots(), "", flat);
    parameters.set(Buffer.WEIGHTS, flat);
    FlatTensors.copy(file, parameters.slots(), MOMENT, flat);
    parameters.set(Buffer.MOMENTS, flat);
    FlatTensors.copy(file, parameters.slots(), MASK, flat);
    parameters.set(Buffer.MASK, flat);
    float[] statistics = new float[parameters.length(Buffer.STATISTICS)];
    FlatTensors.copy(file, parameters.statistics(), "", statistics);
    parameters.set(Buffer.STATISTICS, statistics);
    return position();
  }

  private Position position() {
    return new Position(
        Long.parseLong(text("step")),
        Long.parseLong(text("began")),
        new Cost(Long.parseLong(text("images")), Duration.parse(text("time"))),
        new Numerics(
            text("provider"),
            text("processor"),
            Integer.parseInt(text("threads")),
            text("build"),
            Boolean.parseBoolean(text("mixed")),
            Optional.ofNullable(file.metadata().get("primitives")).map(Digest::parse)),
        Optional.ofNullable(file.metadata().get("rewind")).map(Digest::parse),
        Double.parseDouble(text("losses")),
        Long.parseLong(text("summed")));
  }

  private String text(String key) {
    return Optional.ofNullable(file.metadata().get(key))
        .orElseThrow(
            () -> new IllegalArgumentException("expected a checkpoint that states its " + key));
  }
}
