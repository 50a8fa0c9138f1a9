package dev.espalier.domain.task;

/**
 * How far an attempt is.
 *
 * @param step optimizer steps done
 * @param steps optimizer steps in all
 * @param epoch the epoch it is in, from 0
 * @param epochs epochs in all
 * @param imagesPerSecond training images a second since the last report, rotated copies counted
 * @param loss mean training loss in nats since the last report; 0 before the first
 */
public record Progress(
    long step, long steps, int epoch, int epochs, double imagesPerSecond, double loss) {
  /** Not begun. */
  public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);
}
