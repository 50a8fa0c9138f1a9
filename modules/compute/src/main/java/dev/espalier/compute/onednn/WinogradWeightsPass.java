package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a convolution's weights by Winograd's minimal filtering: at every point of a tile
 * the products of the transformed input with the transformed gradient of the output are summed over
 * all tiles, and the sums are transformed back. Each thread sums its own blocks of tiles; the sums
 * of the threads are added in their order, so the last bits depend on how many there are.
 */
final class WinogradWeightsPass {
  private final Crew crew;
  private final WinogradTensor values;
  private final WinogradTensor gradient;
  private final long weights;
  private final WinogradBlocks blocks;
  private final WinogradSums sums;
  private final WinogradProduct first;
  private final WinogradProduct further;
  private final List<Hand> hands = new ArrayList<>();
  private long[] ownSums = {};

  /**
   * @param values what the convolution reads
   * @param gradient the gradient of what it gives, with the same tiles
   * @param weights where the gradients of the weights go, (3, 3, in, out)
   */
  WinogradWeightsPass(
      Device device, Crew crew, WinogradTensor values, WinogradTensor gradient, long weights) {
    this.crew = crew;
    this.values = values;
    this.gradient = gradient;
    this.weights = weights;
    WinogradPlane in = values.plane();
    WinogradPlane out = gradient.plane();
    this.blocks = WinogradBlocks.of(in, out, crew.size());
    this.sums = new WinogradSums(in.form(), in.channels(), out.channels());
    this.first =
        WinogradProduct.of(device, blocks.transposed(in), blocks.layout(out), sums.layout());
    this.further =
        WinogradProduct.adding(device, blocks.transposed(in), blocks.layout(out), sums.layout());
    device.share(place(0), this::place);
  }

  // Gives every thread its buffers; from address 0 on, only to learn how much they take.
  private long place(long address) {
    Pages pages = new Pages(address);
    hands.clear();
    for (int part = 0; part < crew.size(); part++) {
      hands.add(new Hand(pages));
    }
    ownSums = hands.stream().limit(sharers()).mapToLong(hand -> hand.sums).toArray();
    return pages.end();
  }

  // A thread without a block has no sums.
  private int sharers() {
    return Math.min(crew.size(), blocks.count());
  }

  /** The sums and the gradients of the weights: one kernel, since others share the memory. */
  Kernel kernel(String name) {
    Kernel summing = CrewKernel.of(name, crew, this::sum);
    Kernel finishing = CrewKernel.of(name, crew, sums.bytes(), this::transform);
    return new Kernel(
        name,
        () -> {
          summing.run();
          finishing.run();
        });
  }

  private void sum(int part) {
    if (part < sharers()) {
      int count = blocks.count();
      hands.get(part).sum(part * count / sharers(), (part + 1) * count / sharers());
    }
  }

  private void transform(int part, int parts) {
    hands.get(part).filterScatter.part(part, parts, ownSums);
  }

  /** What one thread works with. */
  private final class Hand {
    private final long sums;
    private final long left;
    private final long right;
    private final WinogradGather gatherValues;
    private final WinogradGather gatherGradient;
    private final WinogradFilterScatter filterScatter;
    private final Runnable multiply;
    private final Runnable multiplyAndAdd;

    Hand(Pages pages) {
      WinogradSums layout = WinogradWeightsPass.this.sums;
      sums = pages.take(layout.bytes());
      left = pages.take(blocks.bytes(values.plane()));
      right = pages.take(blocks.bytes(gradient.plane()));
      gatherValues = WinogradGather.ofValues(values, blocks.step(values.plane()), pages);
      gatherGradient = WinogradGather.ofGradient(gradient, blocks.step(gradient.plane()), pages);
      filterScatter = new WinogradFilterScatter(layout, weights, pages);
      long scratch = pages.take(Math.max(first.scratchBytes(), further.scratchBytes()));
      multiply = first.at(left, right, sums, scratch);
      multiplyAndAdd = further.at(left, right, sums, scratch);
    }

    void sum(int begin, int end) {
      gatherValues.clear();
      gatherGradient.clear();
      for (int block = begin; block < end; block++) {
        gather(block);
        (block == begin ? multiply : multiplyAndAdd).run();
      }
    }

    private void gather(int block) {
      if (!blocks.full(block, values.plane())) {
        Lanes.clear(left, blocks.bytes(values.plane()));
        Lanes.clear(right, blocks.bytes(gradient.plane()));
      }
      int begin = blocks.begin(block);
      for (int strip = begin; strip < blocks.end(block); strip++) {
        long place = (long) strip - begin;
        long to = left + place * values.plane().stripBytes();
        gatherValues.strip(strip, to);
        to = right + place * gradient.plane().stripBytes();
        gatherGradient.strip(strip, to);
      }
    }
  }
}
