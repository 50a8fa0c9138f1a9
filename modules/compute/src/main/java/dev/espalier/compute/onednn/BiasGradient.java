package dev.espalier.compute.onednn;

import dev.espalier.compute.parallel.Crew;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a bias: that of the output, summed over images, rows and columns. An image is
 * summed in float32, the images of a thread in float64, and the threads in their order.
 */
final class BiasGradient {
  private final Crew crew;
  private final WinogradTensor outer;
  private final long bias;
  private final List<Hand> hands = new ArrayList<>();

  /**
   * @param outer the output's gradient
   * @param bias where the bias's goes, (channels), float32
   */
  BiasGradient(Device device, Crew crew, WinogradTensor outer, long bias) {
    this.crew = crew;
    this.outer = outer;
    this.bias = bias;
    device.share(place(0), this::place);
  }

  // Gives every thread its buffers; from address 0 on, only to learn how much they take.
  private long place(long address) {
    Pages pages = new Pages(address);
    hands.clear();
    for (int part = 0; part < crew.size(); part++) {
      hands.add(new Hand(pages));
    }
    return pages.end();
  }

  Kernel kernel(String name) {
    Kernel summing = CrewKernel.of(name, crew, part -> hands.get(part).sum(part));
    return new Kernel(
        name,
        () -> {
          summing.run();
          finish();
        });
  }

  private void finish() {
    for (int channel = 0; channel < outer.plane().channels(); channel++) {
      double sum = 0;
      for (Hand hand : hands) {
        sum += hand.totals[channel];
      }
      Lanes.MEMORY.set(ValueLayout.JAVA_FLOAT, bias + (long) channel * Float.BYTES, (float) sum);
    }
  }

  /** What one thread works with. */
  private final class Hand {
    private final double[] totals = new double[outer.plane().channels()];
    private final long sum; // of one image
    private final long widened; // a row of it
    private final Walk widening;

    Hand(Pages pages) {
      WinogradPlane plane = outer.plane();
      sum = pages.take(plane.columnBytes());
      widened = pages.take(outer.floats() ? 0 : plane.rowBytes());
      widening = Walk.over(plane.rowBytes());
    }

    void sum(int part) {
      Arrays.fill(totals, 0);
      int images = outer.plane().batch();
      for (int image = part * images / crew.size();
          image < (part + 1) * images / crew.size();
          image++) {
        add(image);
      }
    }

    private void add(int image) {
      WinogradPlane plane = outer.plane();
      Lanes.clear(sum, plane.columnBytes());
      for (int row = 0; row < plane.size(); row++) {
        long from = floats(image, row);
        for (int column = 0; column < plane.size(); column++) {
          Lanes.add(from + (long) column * plane.columnBytes(), sum, plane.columnBytes());
        }
      }
      for (int channel = 0; channel < totals.length; channel++) {
        long at = sum + (long) channel * Float.BYTES;
        totals[channel] += Lanes.MEMORY.get(ValueLayout.JAVA_FLOAT, at);
      }
    }

    /** Where a row lies in float32. */
    private long floats(int image, int row) {
      long stored = outer.row(image, row, 0);
      if (outer.floats()) {
        return stored;
      }
      Bfloat16.widen(stored, widened, widening);
      return widened;
    }
  }
}
