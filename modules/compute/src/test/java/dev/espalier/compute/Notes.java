package dev.espalier.compute;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** An observer that writes down what it hears, and asks for a stop before a given step. */
final class Notes implements Observer {
  final NavigableMap<Long, Map<String, Double>> samples = new TreeMap<>();
  final List<Digest> checkpoints = new ArrayList<>();
  final List<Progress> progress = new ArrayList<>();
  final List<Optional<Failure>> waits = new ArrayList<>();
  long trained;
  private final boolean heard;
  private final IntConsumer listener;
  private int stepsLeft;

  private Notes(int stepsLeft, boolean heard) {
    this(stepsLeft, heard, images -> {});
  }

  private Notes(int stepsLeft, boolean heard, IntConsumer listener) {
    this.stepsLeft = stepsLeft;
    this.heard = heard;
    this.listener = listener;
  }

  /** One who never stops the work. */
  static Notes patient() {
    return new Notes(Integer.MAX_VALUE, true);
  }

  /** One who stops the work after some steps. */
  static Notes stoppingAfter(int steps) {
    return new Notes(steps, true);
  }

  /** One who never stops the work, and passes on how many images each step was of. */
  static Notes hearing(IntConsumer listener) {
    return new Notes(Integer.MAX_VALUE, true, listener);
  }

  /** One whose word about checkpoints nobody hears. */
  static Notes unheard() {
    return new Notes(Integer.MAX_VALUE, false);
  }

  @Override
  public void sampled(long step, Map<String, Double> values) {
    samples.put(step, values);
  }

  @Override
  public void trained(int images, Duration waited) {
    trained += images;
    listener.accept(images);
  }

  @Override
  public void progressed(Progress newest) {
    progress.add(newest);
  }

  @Override
  public boolean checkpointed(Digest checkpoint) {
    checkpoints.add(checkpoint);
    return heard;
  }

  @Override
  public void waiting(Optional<Failure> reason) {
    waits.add(reason);
  }

  @Override
  public boolean stopRequested() {
    return stepsLeft-- <= 0;
  }
}
