package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.study.Precision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds by measuring which implementation of each direction of a network's convolutions is the
 * fastest on this processor. What comes out differs a little from run to run, which is why it is
 * kept as a table.
 */
public final class Tuner {
  private final int batch;
  private final Precision precision;
  private final int threads;
  private final Consumer<String> progress;

  /**
   * A tuner.
   *
   * @param batch images of a batch, at least 1
   * @param precision what activations are stored and multiplied in
   * @param threads threads that a kernel is shared among, at least 1
   * @param progress is told each choice in a line
   * @throws UnsupportedOperationException when the processor has no instructions for the precision
   */
  public Tuner(int batch, Precision precision, int threads, Consumer<String> progress) {
    Processor.here().require(precision);
    this.batch = batch;
    this.precision = precision;
    this.threads = threads;
    this.progress = progress;
  }

  /** The name of the table that belongs to this processor. */
  public static String kind() {
    return Processor.here().kinds().getFirst();
  }

  /** The fastest implementations for all convolutions of {@code architecture}. */
  public Choices tune(Architecture architecture) {
    Choices choices = Choices.none();
    for (ConvolutionShape shape : shapesOf(architecture)) {
      for (Direction direction : directions(architecture, shape)) {
        Trial.Winner winner = winner(shape, direction);
        progress.accept("%s %s %s: %s".formatted(precision, direction, shape, winner));
        choices = choices.with(precision, direction, shape, winner.name());
      }
    }
    return choices;
  }

  /** Nobody asks for the gradient of the images. */
  private static List<Direction> directions(Architecture architecture, ConvolutionShape shape) {
    return shape.in().equals(architecture.images())
        ? List.of(Direction.FORWARD, Direction.BACKWARD_WEIGHTS)
        : List.of(Direction.values());
  }

  private static Set<ConvolutionShape> shapesOf(Architecture architecture) {
    List<Volume> volumes = architecture.volumes();
    Set<ConvolutionShape> shapes = new LinkedHashSet<>();
    for (int i = 0; i < architecture.layers().size(); i++) {
      if (architecture.layers().get(i) instanceof Layer.Convolution layer) {
        shapes.add(ConvolutionShape.of(layer, volumes.get(layer.input()), volumes.get(i + 1)));
      }
    }
    return shapes;
  }

  private Trial.Winner winner(ConvolutionShape shape, Direction direction) {
    OpenMp.useThreads(threads);
    try (Crew crew = Crew.of(threads);
        Device device = new Device(precision)) {
      Form form = new Form(batch, precision, crew, Choices.none());
      return new Trial(device, shape, form).of(direction);
    }
  }
}
