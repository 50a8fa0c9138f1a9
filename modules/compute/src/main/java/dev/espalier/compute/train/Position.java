package dev.espalier.compute.train;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Numerics;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run stands: all that it goes on from besides the network's own numbers. Data order,
 * augmentation and learning rate are functions of the step.
 *
 * @param step optimizer steps done, those before W_k included
 * @param began the step that the run began with, its moments 0
 * @param cost what it took so far
 * @param numerics what its bits depend on so far
 * @param rewind the artifact with W_k, once it was kept
 * @param losses the sum of the losses since the last sample
 * @param summed how many losses that is
 */
public record Position(
    long step,
    long began,
    Cost cost,
    Numerics numerics,
    Optional<Digest> rewind,
    double losses,
    long summed) {

  /** Where a run begins that takes up training at {@code step}. */
  public static Position at(long step, Numerics numerics) {
    return new Position(step, step, Cost.NONE, numerics, Optional.empty(), 0, 0);
  }

  /** Which update since the moments were 0 comes next, from 1. */
  long nextUpdate() {
    return step - began + 1;
  }

  /** One step further. */
  Position afterStep(double loss, Cost now) {
    return new Position(step + 1, began, now, numerics, rewind, losses + loss, summed + 1);
  }

  /** The same place, the losses so far reported. */
  Position afterSample() {
    return new Position(step, began, cost, numerics, rewind, 0, 0);
  }

  /** Where the run began, for another one of the same task; what it took so far counts on. */
  Position again() {
    return new Position(began, began, cost, numerics, Optional.empty(), 0, 0);
  }

  /** The same place, W_k kept. */
  Position withRewind(Digest kept) {
    return new Position(step, began, cost, numerics, Optional.of(kept), losses, summed);
  }

  /** The same place, for a run that goes on under {@code now}; marked mixed when that is new. */
  Position under(Numerics now) {
    boolean same =
        numerics.provider().equals(now.provider())
            && numerics.processor().equals(now.processor())
            && numerics.threads() == now.threads()
            && numerics.build().equals(now.build())
            && numerics.primitives().equals(now.primitives());
    boolean mixed = numerics.mixed() || !same;
    Numerics both =
        new Numerics(
            now.provider(), now.processor(), now.threads(), now.build(), mixed, now.primitives());
    return new Position(step, began, cost, both, rewind, losses, summed);
  }

  /** The mean loss since the last sample, in nats; 0 right after one. */
  double meanLoss() {
    return summed == 0 ? 0 : losses / summed;
  }

  /** All of it as text by key. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    texts.put("step", Long.toString(step));
    texts.put("began", Long.toString(began));
    texts.put("images", Long.toString(cost.images()));
    texts.put("time", cost.time().toString());
    texts.put("provider", numerics.provider());
    texts.put("processor", numerics.processor());
    texts.put("threads", Integer.toString(numerics.threads()));
    texts.put("build", numerics.build());
    texts.put("mixed", Boolean.toString(numerics.mixed()));
    numerics.primitives().ifPresent(table -> texts.put("primitives", table.toString()));
    rewind.ifPresent(digest -> texts.put("rewind", digest.toString()));
    texts.put("losses", Double.toHexString(losses));
    texts.put("summed", Long.toString(summed));
    return texts;
  }

  /**
   * The position that {@link #texts} wrote; other keys may stand beside its own.
   *
   * @throws IllegalArgumentException when a key is missing or has no such value
   */
  static Position of(Map<String, String> texts) {
    try {
      return new Position(
          Long.parseLong(text(texts, "step")),
          Long.parseLong(text(texts, "began")),
          new Cost(Long.parseLong(text(texts, "images")), Duration.parse(text(texts, "time"))),
          new Numerics(
              text(texts, "provider"),
              text(texts, "processor"),
              Integer.parseInt(text(texts, "threads")),
              text(texts, "build"),
              Boolean.parseBoolean(text(texts, "mixed")),
              Optional.ofNullable(texts.get("primitives")).map(Digest::parse)),
          Optional.ofNullable(texts.get("rewind")).map(Digest::parse),
          Double.parseDouble(text(texts, "losses")),
          Long.parseLong(text(texts, "summed")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a duration, got " + e.getParsedString(), e);
    }
  }

  private static String text(Map<String, String> texts, String key) {
    return Optional.ofNullable(texts.get(key))
        .orElseThrow(
            () -> new IllegalArgumentException("expected a checkpoint that states its " + key));
  }
}
