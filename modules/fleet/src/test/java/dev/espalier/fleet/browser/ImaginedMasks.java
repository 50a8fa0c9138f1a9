package dev.espalier.fleet.browser;

import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Masks of a small residual network as pruning might leave them: each within that of the round
 * before, masks of one seed more alike than chance, and large layers emptier than small ones.
 */
final class ImaginedMasks {
  private static final double LAYER_SPREAD = 0.35;
  private static final double SEED_SHARE = 0.8;
  private static final double COMMON_SHARE = 0.5;
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("conv1.weight", List.of(16, 3, 3, 3)), // (out, in, kh, kw)
          new Layer("layer1.0.conv1.weight", List.of(16, 16, 3, 3)), // (out, in, kh, kw)
          new Layer("layer1.0.conv2.weight", List.of(16, 16, 3, 3)), // (out, in, kh, kw)
          new Layer("layer2.0.conv1.weight", List.of(32, 16, 3, 3)), // (out, in, kh, kw)
          new Layer("layer2.0.conv2.weight", List.of(32, 32, 3, 3)), // (out, in, kh, kw)
          new Layer("layer2.0.downsample.0.weight", List.of(32, 16, 1, 1)), // (out, in, kh, kw)
          new Layer("layer3.0.conv1.weight", List.of(64, 32, 3, 3)), // (out, in, kh, kw)
          new Layer("layer3.0.downsample.0.weight", List.of(64, 32, 1, 1))); // (out, in, kh, kw)

  private final Map<String, double[][]> scores = new HashMap<>();

  private record Layer(String name, List<Integer> shape) {
    int weights() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** The mask of {@code density} that {@code objective} found from {@code seed}. */
  Mask of(Objective objective, long seed, double density) {
    double[][] worth = scores.computeIfAbsent(objective + "/" + seed, _ -> scores(objective, seed));
    double[] all = Arrays.stream(worth).flatMapToDouble(Arrays::stream).sorted().toArray();
    double cut = all[(int) Math.min(all.length - 1.0, Math.ceil(all.length * (1 - density)))];
    List<TensorMask> tensors = new ArrayList<>();
    for (int i = 0; i < LAYERS.size(); i++) {
      boolean[] kept = new boolean[worth[i].length];
      for (int j = 0; j < kept.length; j++) {
        kept[j] = worth[i][j] >= cut;
      }
      tensors.add(TensorMask.of(LAYERS.get(i).name(), LAYERS.get(i).shape(), kept));
    }
    return Mask.of(tensors);
  }

  /**
   * What weights are worth: what all draw, what the seed drew, what the objective learnt, and the
   * layer's size.
   */
  private static double[][] scores(Objective objective, long seed) {
    Random common = new Random(1);
    Random drawn = new Random(seed);
    Random learnt = new Random(seed * 31 + objective.toString().hashCode());
    double[][] scores = new double[LAYERS.size()][];
    for (int i = 0; i < scores.length; i++) {
      int weights = LAYERS.get(i).weights();
      double scale = Math.pow(weights, -LAYER_SPREAD);
      scores[i] = new double[weights];
      for (int j = 0; j < weights; j++) {
        double worth =
            COMMON_SHARE * common.nextGaussian()
                + SEED_SHARE * drawn.nextGaussian()
                + learnt.nextGaussian();
        scores[i][j] = scale * Math.abs(worth);
      }
    }
    return scores;
  }
}
