package dev.espalier.compute.probe;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Features of length 1, in float32; those of an image that has none but zeros stay so. The images
 * lie in panels of {@value #PANEL}, feature by feature, so that the cosines to all images of a
 * panel grow side by side: no sum depends on how many lanes a vector has.
 */
final class Directions {
  /** Images in a panel; the last one is filled up with zeros. */
  static final int PANEL = 32;

  /** Images whose cosines to a panel are computed together. */
  static final int GROUP = 4;

  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  private final float[][] panels; // (panel, feature × image)
  private final int count;
  private final int width;

  private Directions(int count, int width) {
    this.panels = new float[Math.ceilDiv(count, PANEL)][width * PANEL];
    this.count = count;
    this.width = width;
  }

  static Directions of(Features features) {
    Directions directions = new Directions(features.count(), features.width());
    double[] scales = scales(features);
    for (int feature = 0; feature < features.width(); feature++) {
      double[] values = features.feature(feature);
      for (int i = 0; i < values.length; i++) {
        directions.panels[i / PANEL][feature * PANEL + i % PANEL] = (float) (values[i] * scales[i]);
      }
    }
    return directions;
  }

  /** What the features of each image are multiplied by. */
  private static double[] scales(Features features) {
    double[] scales = new double[features.count()];
    for (int feature = 0; feature < features.width(); feature++) {
      double[] values = features.feature(feature);
      for (int i = 0; i < scales.length; i++) {
        scales[i] += values[i] * values[i];
      }
    }
    for (int i = 0; i < scales.length; i++) {
      scales[i] = scales[i] > 0 ? 1 / Math.sqrt(scales[i]) : 0;
    }
    return scales;
  }

  /** How many images there are. */
  int count() {
    return count;
  }

  /** How many panels there are. */
  int panels() {
    return panels.length;
  }

  /** {@value #GROUP} images from {@code first} on, (image, feature), zeros behind the last one. */
  float[][] group(int first) {
    float[][] group = new float[GROUP][width];
    for (int i = 0; i < Math.min(GROUP, count - first); i++) {
      float[] panel = panels[(first + i) / PANEL];
      for (int feature = 0; feature < width; feature++) {
        group[i][feature] = panel[feature * PANEL + (first + i) % PANEL];
      }
    }
    return group;
  }

  /**
   * The cosines between the images of a panel and those of a group of other directions.
   *
   * @param to where they go, (image of the group, image of the panel)
   */
  void cosines(int panel, float[][] group, float[][] to) {
    for (int lane = 0; lane < PANEL; lane += LANES.length()) {
      cosines(panels[panel], lane, group, to);
    }
  }

  private void cosines(float[] panel, int lane, float[][] group, float[][] to) {
    float[] first = group[0];
    float[] second = group[1];
    float[] third = group[2];
    float[] fourth = group[3];
    FloatVector a = FloatVector.zero(LANES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int feature = 0; feature < width; feature++) {
      FloatVector values = FloatVector.fromArray(LANES, panel, feature * PANEL + lane);
      a = values.fma(FloatVector.broadcast(LANES, first[feature]), a);
      b = values.fma(FloatVector.broadcast(LANES, second[feature]), b);
      c = values.fma(FloatVector.broadcast(LANES, third[feature]), c);
      d = values.fma(FloatVector.broadcast(LANES, fourth[feature]), d);
    }
    a.intoArray(to[0], lane);
    b.intoArray(to[1], lane);
    c.intoArray(to[2], lane);
    d.intoArray(to[3], lane);
  }
}
