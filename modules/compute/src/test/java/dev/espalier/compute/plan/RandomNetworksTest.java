package dev.espalier.compute.plan;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.network.Window;
import dev.espalier.compute.onednn.OneDnnProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any network of layers that fit each other is computed as the reference does, which knows neither
 * fusion nor shared memory.
 */
class RandomNetworksTest {
  private static final int LAYERS = 14;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void aRandomNetworkAgreesWithTheReference(long seed) {
    Architecture network = new Growth(seed).network();

    Agreement.of(new OneDnnProvider(1 + (int) (seed % 2)), network, 6, 2e-3);
  }

  /** A network that grows layer by layer, each reading a value that came not long before. */
  private static final class Growth {
    private final SplittableRandom random;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>(List.of(new Volume(3, 12)));

    Growth(long seed) {
      this.random = new SplittableRandom(seed);
    }

    Architecture network() {
      add(new Layer.Convolution("stem", 0, 8, 3, 1));
      while (layers.size() < LAYERS) {
        add(layer("layer" + layers.size(), Math.max(1, layers.size() - random.nextInt(3))));
      }
      joinAllThatNobodyReads();
      add(new Layer.Dense("fc", layers.size(), 4));
      return new Architecture("random", volumes.getFirst(), layers);
    }

    private void add(Layer layer) {
      layers.add(layer);
      List<Layer> ended = new ArrayList<>(layers);
      List<Integer> unread = unread();
      List<Integer> ends = new ArrayList<>();
      for (int value : unread) {
        ended.add(new Layer.AveragePool("mean of " + value, value));
        ends.add(ended.size());
      }
      if (ends.size() > 1) {
        ended.add(new Layer.Concat("all", ends));
      }
      ended.add(new Layer.Dense("end", ended.size(), 1));
      volumes.add(
          new Architecture("so far", volumes.getFirst(), ended).volumes().get(layers.size()));
    }

    private List<Integer> unread() {
      return IntStream.rangeClosed(1, layers.size())
          .filter(value -> layers.stream().noneMatch(layer -> layer.inputs().contains(value)))
          .boxed()
          .toList();
    }

    private void joinAllThatNobodyReads() {
      List<Integer> means = new ArrayList<>();
      for (int value : unread()) {
        add(new Layer.AveragePool("mean" + value, value));
        means.add(layers.size());
      }
      if (means.size() > 1) {
        add(new Layer.Concat("all", means));
      }
    }

    private Layer layer(String name, int input) {
      Volume volume = volumes.get(input);
      boolean wide = volume.size() > 3;
      return switch (random.nextInt(11)) {
        case 0 -> new Layer.Convolution(name, input, 4 + random.nextInt(12), 3, wide ? 2 : 1);
        case 1 -> new Layer.Convolution(name, input, 8, 1, 1).biased();
        case 2 ->
            Layer.Convolution.depthwise(name, input, volume.channels(), 3, 1 + random.nextInt(2));
        case 3, 4 -> new Layer.BatchNorm(name, input, activation());
        case 5 -> new Layer.Rectifier(name, input, cutting());
        case 6, 7 -> new Layer.Sum(name, input, equal(input), activation());
        case 8 -> new Layer.Concat(name, List.of(input, equal(input)));
        case 9 -> wide ? pool(name, input) : new Layer.AveragePool(name, input);
        default ->
            random.nextBoolean()
                ? new Layer.Dropout(name, input, 0.25)
                : new Layer.PadShortcut(name, input, volume.channels() + 4, wide ? 2 : 1);
      };
    }

    private Layer pool(String name, int input) {
      return random.nextBoolean()
          ? new Layer.MaxPool(name, input, new Window(3, 2, 1))
          : new Layer.MaxPool(name, input, Window.tiling(2));
    }

    private Activation activation() {
      return random.nextInt(3) == 0 ? Activation.NONE : cutting();
    }

    private Activation cutting() {
      return random.nextBoolean() ? Activation.RELU : Activation.RELU6;
    }

    /** A value of the same volume: an earlier one where there is one. */
    private int equal(int value) {
      for (int other = 1; other <= layers.size(); other++) {
        if (other != value && volumes.get(other).equals(volumes.get(value))) {
          return other;
        }
      }
      return value;
    }
  }
}
