package dev.espalier.compute.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules of a network by PyTorch's names, and where in it each one's output is: every layer
 * (of a batch norm what it gives before an activation), every block, stage or sequence, which gives
 * what its last layer does, and activations that are part of a batch norm here: in a sequence they
 * bear the number after its own, and that of {@code bn1} is {@code relu}.
 */
public final class Modules {
  private static final Pattern NUMBERED = Pattern.compile("(.*\\.)?(\\d+)");

  private final Architecture network;
  private final Map<String, End> ends = new LinkedHashMap<>();

  /** The value that a module gives, with or without the activation that is part of its layer. */
  private record End(int value, boolean activated) {}

  /** The modules of {@code network}. */
  public Modules(Architecture network) {
    this.network = network;
    for (int i = 0; i < network.layers().size(); i++) {
      add(network.layers().get(i), i + 1);
    }
  }

  private void add(Layer layer, int value) {
    String name = layer.name();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      ends.put(name.substring(0, dot), new End(value, true));
    }
    boolean activates = layer instanceof Layer.BatchNorm b && b.activation() != Activation.NONE;
    ends.put(name, new End(value, !activates));
    if (activates) {
      activationAfter(name).ifPresent(own -> ends.put(own, new End(value, true)));
    }
  }

  /** The name of the activation that is part of the batch norm {@code norm}. */
  private static Optional<String> activationAfter(String norm) {
    if (norm.equals("bn1")) {
      return Optional.of("relu");
    }
    Matcher numbered = NUMBERED.matcher(norm);
    if (!numbered.matches()) {
      return Optional.empty();
    }
    String sequence = Optional.ofNullable(numbered.group(1)).orElse("");
    return Optional.of(sequence + (Integer.parseInt(numbered.group(2)) + 1));
  }

  /** The names of all modules, each before those that come after it or lie in it. */
  public List<String> names() {
    return List.copyOf(ends.keySet());
  }

  /**
   * The network from the images to a module's output: what its last layer reads, its {@linkplain
   * Architecture#features features}, is the mean of each channel of that over all places (global
   * average pooling). Its other layers are called as they are here.
   *
   * @throws IllegalArgumentException when there is no such module
   */
  public Architecture upTo(String module) {
    End end = ends.get(module);
    if (end == null) {
      throw new IllegalArgumentException(
          "expected a module of %s, one of %s or one within these, got %s"
              .formatted(network.name(), outermost(), module));
    }
    List<Layer> layers = leadingTo(end);
    if (network.volumes().get(end.value).size() > 1) {
      layers.add(new Layer.AveragePool("mean of " + module, layers.size()));
    }
    layers.add(new Layer.Dense("reader of " + module, layers.size(), 1));
    return new Architecture(network.name() + " up to " + module, network.images(), layers);
  }

  private List<String> outermost() {
    return ends.keySet().stream().filter(name -> name.split("\\.", -1).length <= 2).toList();
  }

  /** The layers that what a module gives depends on, renumbered. */
  private List<Layer> leadingTo(End end) {
    SortedMap<Integer, Layer> needed = new TreeMap<>();
    collect(end.value, needed);
    if (!end.activated) {
      needed.computeIfPresent(end.value, (value, layer) -> withoutActivation(layer));
    }
    Map<Integer, Integer> numbers = new LinkedHashMap<>(Map.of(0, 0));
    needed.keySet().forEach(value -> numbers.put(value, numbers.size()));
    List<Layer> layers = new ArrayList<>();
    needed.values().forEach(layer -> layers.add(layer.renumbered(numbers::get)));
    return layers;
  }

  private void collect(int value, Map<Integer, Layer> needed) {
    if (value > 0 && !needed.containsKey(value)) {
      Layer layer = network.layers().get(value - 1);
      needed.put(value, layer);
      layer.inputs().forEach(input -> collect(input, needed));
    }
  }

  private static Layer withoutActivation(Layer layer) {
    return layer instanceof Layer.BatchNorm norm
        ? new Layer.BatchNorm(norm.name(), norm.input(), Activation.NONE)
        : layer;
  }
}
