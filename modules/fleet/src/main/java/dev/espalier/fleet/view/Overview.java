package dev.espalier.fleet.view;

import java.util.List;

/**
 * All studies and the fleet at a moment.
 *
 * @param version how many events it is made of
 * @param studies the studies, the newest first
 * @param workers who works, by name
 * @param waiting released tasks that nobody works on
 * @param imagesPerSecond training images a second, of all workers together
 */
public record Overview(
    long version,
    List<StudyLine> studies,
    List<WorkerLine> workers,
    int waiting,
    double imagesPerSecond) {
  /**
   * A slot that works.
   *
   * @param worker its name
   * @param title what it works on, in words
   * @param progress how far that is, 0 to 1
   * @param imagesPerSecond training images a second
   */
  public record WorkerLine(String worker, String title, double progress, double imagesPerSecond) {}

  /** Copies the lists. */
  public Overview {
    studies = List.copyOf(studies);
    workers = List.copyOf(workers);
  }
}
