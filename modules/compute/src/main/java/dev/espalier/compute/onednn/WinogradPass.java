package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A convolution by Winograd's minimal filtering, from one tensor to another. Filters are
 * transformed first; then the threads of the crew take block after block from the input to the
 * output, whoever is free the next one, which changes nothing in the result.
 */
final class WinogradPass {
  private final Crew crew;
  private final WinogradTensor from;
  private final WinogradTensor to;
  private final WinogradFilters filters;
  private final WinogradBlocks blocks;
  private final WinogradProduct product;
  private final List<Hand> hands = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param to the output, with the same tiles as the input
   */
  WinogradPass(
      Device device, Crew crew, WinogradTensor from, WinogradTensor to, WinogradFilters filters) {
    this.crew = crew;
    this.from = from;
    this.to = to;
    this.filters = filters;
    this.blocks = WinogradBlocks.of(from.plane(), to.plane(), crew.size());
    this.product =
        WinogradProduct.of(
            device, blocks.layout(from.plane()), filters.layout(), blocks.layout(to.plane()));
    device.share(place(0), this::place);
  }

  // Gives every thread its buffers; from address 0 on, only to learn how much they take.
  private long place(long address) {
    Pages pages = new Pages(address);
    long points = pages.take(filters.bytes());
    hands.clear();
    for (int part = 0; part < crew.size(); part++) {
      hands.add(new Hand(points, pages));
    }
    return pages.end();
  }

  /**
   * The transform of the filters and the convolution: one kernel, since others share the memory.
   */
  Kernel kernel(String name) {
    Kernel filtering = CrewKernel.of(name, crew, filters.bytes(), this::transform);
    Kernel convolution = CrewKernel.of(name, crew, part -> hands.get(part).convolve());
    return new Kernel(
        name,
        () -> {
          filtering.run();
          next.set(0);
          convolution.run();
        });
  }

  private void transform(int part, int parts) {
    hands.get(part).filterGather.part(part, parts);
  }

  /** What one thread works with. */
  private final class Hand {
    private final long read;
    private final long written;
    private final WinogradGather gather;
    private final WinogradScatter scatter;
    private final WinogradFilterGather filterGather;
    private final Runnable multiply;

    Hand(long points, Pages pages) {
      read = pages.take(blocks.bytes(from.plane()));
      written = pages.take(blocks.bytes(to.plane()));
      gather = WinogradGather.ofValues(from, blocks.step(from.plane()), pages);
      scatter = new WinogradScatter(to, blocks.step(to.plane()), pages);
      filterGather = new WinogradFilterGather(filters, points, pages);
      multiply = product.at(read, points, written, pages.take(product.scratchBytes()));
    }

    void convolve() {
      gather.clear();
      for (int block = next.getAndIncrement();
          block < blocks.count();
          block = next.getAndIncrement()) {
        convolve(block);
      }
    }

    private void convolve(int block) {
      int begin = blocks.begin(block);
      int end = blocks.end(block);
      for (int strip = begin; strip < end; strip++) {
        long points = read + (long) (strip - begin) * from.plane().stripBytes();
        gather.strip(strip, points);
      }
      multiply.run();
      for (int strip = begin; strip < end; strip++) {
        long points = written + (long) (strip - begin) * to.plane().stripBytes();
        scatter.strip(strip, points);
      }
    }
  }
}
