package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows an image through a network, and refuses layers that do not fit what they read. */
final class Volumes {
  private final List<Volume> volumes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Integer> read = new HashSet<>();

  private Volumes(Volume images) {
    volumes.add(images);
  }

  /** The volume of every value, the images' first, of layers that others may follow. */
  static List<Volume> following(Volume images, List<Layer> layers) {
    return followed(images, layers).volumes;
  }

  private static Volumes followed(Volume images, List<Layer> layers) {
    Volumes all = new Volumes(images);
    layers.forEach(all::add);
    return all;
  }

  /** The volume of every value, the images' first, of a whole network. */
  static List<Volume> of(Volume images, List<Layer> layers) {
    Volumes all = followed(images, layers);
    for (int value = 0; value < layers.size(); value++) {
      if (!all.read.contains(value)) {
        String name = value == 0 ? "the images" : layers.get(value - 1).name();
        throw new IllegalArgumentException("expected a layer that reads " + name + ", got none");
      }
    }
    return List.copyOf(all.volumes);
  }

  private void add(Layer layer) {
    require(names.add(layer.name()), layer, "to have a name of its own", "two of one name");
    require(!layer.inputs().isEmpty(), layer, "to read a value", "none");
    for (int input : layer.inputs()) {
      require(input >= 0 && input < volumes.size(), layer, "to read a value before it", input);
    }
    read.addAll(layer.inputs());
    volumes.add(volumeOf(layer, volumes.get(layer.inputs().getFirst())));
  }

  private Volume volumeOf(Layer layer, Volume input) {
    return switch (layer) {
      case Layer.Convolution c -> convolved(c, input);
      case Layer.BatchNorm b -> input;
      case Layer.Rectifier r -> {
        require(r.activation() != Activation.NONE, r, "to cut something off", r.activation());
        yield input;
      }
      case Layer.Sum s -> {
        Volume shortcut = volumes.get(s.shortcut());
        require(input.equals(shortcut), s, "to sum equal volumes", input + " and " + shortcut);
        yield input;
      }
      case Layer.Concat c -> joined(c, input.size());
      case Layer.PadShortcut p -> padded(p, input);
      case Layer.MaxPool p -> {
        boolean halved = 2 * p.window().padding() <= p.window().size();
        require(halved, p, "to be padded by at most half its window", p.window());
        yield new Volume(input.channels(), places(p, p.window(), input));
      }
      case Layer.AveragePool p -> {
        boolean divides = p.size() > 0 && input.size() % p.size() == 0;
        require(divides, p, "to divide planes into a grid of " + p.size(), input);
        yield new Volume(input.channels(), p.size());
      }
      case Layer.Dropout d -> {
        boolean likely = d.probability() > 0 && d.probability() < 1;
        require(likely, d, "to have a probability above 0 and below 1", d.probability());
        yield input;
      }
      case Layer.Dense d -> new Volume(d.channels(), 1);
    };
  }

  private static Volume convolved(Layer.Convolution layer, Volume input) {
    int groups = layer.groups();
    boolean even = groups > 0 && input.channels() % groups == 0 && layer.channels() % groups == 0;
    String came = input.channels() + " channels in, " + layer.channels() + " out";
    require(even, layer, "to have channels that " + groups + " groups divide", came);
    return new Volume(layer.channels(), places(layer, layer.window(), input));
  }

  private static int places(Layer layer, Window window, Volume input) {
    String expected = "to read planes that its window fits, " + window;
    require(window.fits(input.size()), layer, expected, input);
    return window.places(input.size());
  }

  private Volume joined(Layer.Concat layer, int size) {
    require(layer.parts().size() > 1, layer, "to join values", layer.parts());
    int channels = 0;
    for (int part : layer.parts()) {
      Volume volume = volumes.get(part);
      require(volume.size() == size, layer, "to join planes of one size", volume);
      channels += volume.channels();
    }
    return new Volume(channels, size);
  }

  private static Volume padded(Layer.PadShortcut layer, Volume input) {
    int more = layer.channels() - input.channels();
    String expected = "to give as many channels as it reads, or an even number more";
    require(more >= 0 && more % 2 == 0, layer, expected, input + " for " + layer.channels());
    Window window = new Window(1, layer.stride(), 0);
    return new Volume(layer.channels(), window.places(input.size()));
  }

  private static void require(boolean holds, Layer layer, String expected, Object came) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected layer " + layer.name() + " " + expected + ", got " + came);
    }
  }
}
