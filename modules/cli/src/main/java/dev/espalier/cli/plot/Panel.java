package dev.espalier.cli.plot;

import java.util.List;

/**
 * One field of a chart, which shares its axes with the others.
 *
 * @param caption the line above it; empty where the chart has but one field
 * @param curves what it shows
 */
public record Panel(String caption, List<Curve> curves) {
  /** Copies the curves. */
  public Panel {
    curves = List.copyOf(curves);
  }
}
