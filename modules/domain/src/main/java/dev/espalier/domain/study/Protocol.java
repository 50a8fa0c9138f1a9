package dev.espalier.domain.study;

import java.util.Locale;

/**
 * A way to judge a mask or the weights under it; always by the data set's labels, on its test
 * images.
 */
public enum Protocol {
  /**
   * Retrain on labels from W_k of the run that found the mask, with a new head where the heads
   * differ.
   */
  TICKET(Detail.NONE, Weights.REWOUND),
  /** Retrain on labels from fresh weights, keeping the mask. */
  REINIT(Detail.NONE, Weights.FRESH),
  /** The control: retrain on labels from fresh weights under a global permutation of the mask. */
  RANDOM(Detail.NONE, Weights.FRESH),
  /**
   * The control for networks that are sparse by nature: as {@code random}, but of the weights that
   * the trained dense network drove to zero by itself as many as possible are removed first (Caron
   * et al. 2020, section 4.2.1).
   */
  ADJUSTED(Detail.NONE, Weights.DENSE),
  /** The control that keeps each layer's density: as {@code random}, permuted layer by layer. */
  SHUFFLED(Detail.NONE, Weights.FRESH),
  /**
   * Train a linear softmax classifier on the frozen features of the pruned, trained network: what
   * its last layer reads, or a layer's output averaged over space.
   */
  PROBE(Detail.LAYER, Weights.TRAINED),
  /** Vote of the nearest training images by the same features (Wu et al. 2018, section 3.4). */
  KNN(Detail.LAYER, Weights.TRAINED),
  /** Train linear support vector machines on the same features, one a class. */
  SVM(Detail.LAYER, Weights.TRAINED),
  /**
   * Go on training all weights of the pruned, trained network on labels, or on those of a share of
   * the images of each class, with a new head where the heads differ.
   */
  FINETUNE(Detail.SHARE, Weights.TRAINED),
  /** As {@code finetune}, with a new head, on another data set. */
  TRANSFER(Detail.TRANSFER, Weights.TRAINED),
  /**
   * Prune while training on another data set instead, from the dense trained network (Caron et al.
   * 2020, figure 2).
   */
  PRUNED(Detail.TRANSFER, Weights.DENSE),
  /**
   * Retrain a ticket twice, under different data orders and variations, and see how much higher the
   * error is between the two (Frankle et al. 2020, section 2).
   */
  INSTABILITY(Detail.NONE, Weights.REWOUND);

  /** What may stand behind a protocol's name and an {@code @}. */
  public enum Detail {
    /** Nothing. */
    NONE,
    /** A layer's name; the last layer's input where nothing does. */
    LAYER,
    /** A share of the labels, above 0 and below 1; all of them where nothing does. */
    SHARE,
    /** The name of one of the study's transfers. */
    TRANSFER
  }

  /** Which weights a protocol begins with. */
  public enum Weights {
    /** Newly drawn ones. */
    FRESH,
    /** W_k of the run's round 0. */
    REWOUND,
    /** W* of the network that was trained under the very mask. */
    TRAINED,
    /** W* of the dense network, of round 0. */
    DENSE
  }

  private final Detail detail;
  private final Weights weights;

  Protocol(Detail detail, Weights weights) {
    this.detail = detail;
    this.weights = weights;
  }

  /** What may stand behind its name. */
  public Detail detail() {
    return detail;
  }

  /** Which weights it looks at. */
  public Weights weights() {
    return weights;
  }

  /** Whether it owes nothing to what found the mask but the mask's density. */
  public boolean isControl() {
    return this == RANDOM || this == ADJUSTED;
  }

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
