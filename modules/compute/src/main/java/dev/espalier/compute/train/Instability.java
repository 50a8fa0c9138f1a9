package dev.espalier.compute.train;

import dev.espalier.compute.plan.Owned;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Score;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far training from some weights under a mask depends on the noise of its steps (Frankle et al.
 * 2020, "Linear mode connectivity and the lottery ticket hypothesis"): two copies are trained from
 * them, one after the other, which differ in the order of the images and in how these are varied,
 * and the straight line between the two is measured.
 *
 * <p>Batch norm's running statistics are interpolated as the weights are. The paper does not say
 * what it does with them; estimating them anew at every point, as others do, lowers the errors
 * between the ends.
 *
 * <p>Checkpoints tell which copy is trained and hold what became of the first one, so that both
 * runs are resumed as if they were one.
 */
public final class Instability implements Owned {
  /** The points of Frankle et al. 2020. */
  public static final int USUAL_POINTS = 30;

  private static final String COPY = "copy";
  private static final String FIRST = "1";
  private static final String SECOND = "2";

  private final Apparatus apparatus;
  private final Lesson other;
  private final Snapshot beginning;
  private final Snapshot first;
  private String copy = FIRST;

  private Instability(Apparatus apparatus, Lesson other) {
    this.apparatus = apparatus;
    this.other = other;
    this.beginning = Snapshot.of(apparatus.parameters());
    this.first = Snapshot.of(apparatus.parameters());
  }

  /**
   * That of training from what {@code apparatus} holds, weights under their mask. To be said before
   * a trainer is made, which then keeps what this needs.
   *
   * @param other what the second copy is shown, the first one being shown the apparatus's lesson:
   *     one of a {@linkplain dev.espalier.compute.feed.Reading#sibling sibling} of its reading
   */
  public static Instability of(Apparatus apparatus, Lesson other) {
    Instability instability = new Instability(apparatus, other);
    apparatus.own(instability);
    return instability;
  }

  /** One who tells {@code watcher} of both runs as of one of twice the length. */
  public Watcher telling(Watcher watcher) {
    return new Told(watcher);
  }

  /**
   * Trains both copies, or what of it is still to be done.
   *
   * @param trainer one that begins with what the apparatus held, or has been resumed
   * @return of both runs, when they are finished: the score is the second copy's, the cost that of
   *     both
   * @throws TaskException as {@link Trainer#run} does
   */
  public Run train(Trainer trainer) {
    if (copy.equals(SECOND)) {
      apparatus.show(other);
      return trainer.run();
    }
    return switch (trainer.run()) {
      case Run.Stopped stopped -> stopped;
      case Run.Finished finished -> {
        first.takeAgain(apparatus.parameters());
        beginning.giveTo(apparatus.parameters());
        copy = SECOND;
        apparatus.show(other);
        yield trainer.again().run();
      }
    };
  }

  /**
   * Measures the straight line from the first copy to the second, when both are trained; the
   * apparatus then holds the second again.
   *
   * @param points how many, at least 2
   * @return the scores at equal distances, both ends among them
   */
  public List<Score> line(int points) {
    Snapshot end = Snapshot.of(apparatus.parameters());
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      first.giveOnTheWayTo(end, (double) i / (points - 1), apparatus.parameters());
      scores.add(Exam.of(apparatus.lesson(), apparatus.plan()));
    }
    return List.copyOf(scores);
  }

  @Override
  public String name() {
    return "instability";
  }

  @Override
  public Map<String, MemorySegment> tensors() {
    return first.tensors();
  }

  @Override
  public Map<String, String> values() {
    return Map.of(COPY, copy);
  }

  @Override
  public void resume(Map<String, String> values) {
    String came = values.getOrDefault(COPY, "none");
    if (!came.equals(FIRST) && !came.equals(SECOND)) {
      throw new IllegalArgumentException("expected copy 1 or 2, got " + came);
    }
    copy = came;
  }

  /** Counts the steps and epochs of the second run on from the end of the first. */
  private final class Told implements Watcher {
    private final Watcher watcher;

    Told(Watcher watcher) {
      this.watcher = watcher;
    }

    private boolean secondRun() {
      return copy.equals(SECOND);
    }

    @Override
    public void sampled(long step, Map<String, Double> values) {
      watcher.sampled(secondRun() ? apparatus.schedule().steps() + step : step, values);
    }

    @Override
    public void trained(int images, Duration waited) {
      watcher.trained(images, waited);
    }

    @Override
    public void progressed(Progress progress) {
      watcher.progressed(
          new Progress(
              progress.step() + (secondRun() ? progress.steps() : 0),
              2 * progress.steps(),
              progress.epoch() + (secondRun() ? progress.epochs() : 0),
              2 * progress.epochs(),
              progress.imagesPerSecond(),
              progress.loss()));
    }

    @Override
    public boolean checkpointed(Digest checkpoint) {
      return watcher.checkpointed(checkpoint);
    }

    @Override
    public void waiting(Optional<Failure> reason) {
      watcher.waiting(reason);
    }

    @Override
    public boolean stopRequested() {
      return watcher.stopRequested();
    }
  }
}
