package dev.espalier.compute.network;

import dev.espalier.domain.study.OwnNetwork;
import dev.espalier.domain.study.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user's own network. Each layer is named by its place in the description; an activation that
 * follows a batch norm or a sum becomes part of it.
 */
final class Described {
  private final Volume pictures;
  private final List<Layer> layers = new ArrayList<>();

  private Described(Volume pictures) {
    this.pictures = pictures;
  }

  /**
   * The network with its head.
   *
   * @throws IllegalArgumentException when a layer does not fit what it reads
   */
  static Architecture of(OwnNetwork network, Volume pictures, int classes) {
    Described described = new Described(pictures);
    int features = described.sequence(network.layers(), "", 0);
    described.add(new Layer.Dense("fc", features, classes));
    return new Architecture(network.name(), pictures, described.layers);
  }

  private int sequence(List<Step> steps, String prefix, int input) {
    int value = input;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String name = prefix + step.name().orElse(Integer.toString(i));
      // The first step reads what others may read too.
      value = i > 0 && merges(step, value) ? value : step(step, name, value);
    }
    return value;
  }

  /** Makes an activation part of the layer that gives {@code value}, if that is the last one. */
  private boolean merges(Step step, int value) {
    if (value != layers.size()) {
      return false;
    }
    Optional<Layer> merged = activation(step).flatMap(a -> with(layers.getLast(), a));
    merged.ifPresent(layer -> layers.set(value - 1, layer));
    return merged.isPresent();
  }

  private static Optional<Activation> activation(Step step) {
    if (step instanceof Step.Relu) {
      return Optional.of(Activation.RELU);
    }
    return step instanceof Step.Relu6 ? Optional.of(Activation.RELU6) : Optional.empty();
  }

  private static Optional<Layer> with(Layer layer, Activation activation) {
    if (layer instanceof Layer.BatchNorm b && b.activation() == Activation.NONE) {
      return Optional.of(new Layer.BatchNorm(b.name(), b.input(), activation));
    }
    if (layer instanceof Layer.Sum s && s.activation() == Activation.NONE) {
      return Optional.of(new Layer.Sum(s.name(), s.main(), s.shortcut(), activation));
    }
    return Optional.empty();
  }

  private int step(Step step, String name, int input) {
    return switch (step) {
      case Step.Convolution c -> {
        Window window = new Window(c.kernel(), c.stride(), c.padding().orElse(c.kernel() / 2));
        yield add(new Layer.Convolution(name, input, c.channels(), window, c.groups(), c.bias()));
      }
      case Step.Depthwise d -> {
        Window window = Window.centred(d.kernel(), d.stride());
        int channels = channels(input);
        yield add(new Layer.Convolution(name, input, channels, window, channels, d.bias()));
      }
      case Step.BatchNorm b -> add(new Layer.BatchNorm(name, input, Activation.NONE));
      case Step.Relu r -> add(new Layer.Rectifier(name, input, Activation.RELU));
      case Step.Relu6 r -> add(new Layer.Rectifier(name, input, Activation.RELU6));
      case Step.MaxPool p -> {
        Window window = new Window(p.size(), p.stride().orElse(p.size()), p.padding());
        yield add(new Layer.MaxPool(name, input, window));
      }
      case Step.AveragePool p -> add(new Layer.AveragePool(name, input, p.size()));
      case Step.Dropout d -> add(new Layer.Dropout(name, input, d.probability()));
      case Step.Dense d -> add(new Layer.Dense(name, input, d.channels()));
      case Step.Residual r -> {
        int main = sequence(r.main(), name + ".main.", input);
        int shortcut = sequence(r.shortcut(), name + ".shortcut.", input);
        yield add(new Layer.Sum(name, main, shortcut, Activation.NONE));
      }
      case Step.Branch b -> branch(b, name, input);
    };
  }

  private int channels(int value) {
    return Volumes.following(pictures, layers).get(value).channels();
  }

  private int branch(Step.Branch branch, String name, int input) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < branch.paths().size(); i++) {
      ends.add(sequence(branch.paths().get(i), name + ".paths." + i + ".", input));
    }
    return switch (branch.join()) {
      case CONCAT -> add(new Layer.Concat(name, ends));
      case SUM -> {
        int sum = ends.getFirst();
        for (int i = 1; i < ends.size(); i++) {
          String part = i == ends.size() - 1 ? name : name + ".paths." + i;
          sum = add(new Layer.Sum(part, sum, ends.get(i), Activation.NONE));
        }
        yield sum;
      }
    };
  }

  private int add(Layer layer) {
    layers.add(layer);
    return layers.size();
  }
}
