package dev.espalier.compute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Keeping;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.Position;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.Trainer;
import dev.espalier.compute.train.Watcher;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.TaskId;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final TaskId TASK = Tasks.id("checkpointed");
  private static final Numerics NUMERICS =
      new Numerics("onednn", "any", 1, "0", false, Optional.empty());

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  private static Setting setting(Optimizer optimizer) {
    Setting usual = Tasks.setting(1);
    Training training =
        new Training(
            2,
            16,
            optimizer,
            0.01,
            List.of(),
            0.1,
            1e-3,
            TrainingPoint.iterations(3),
            Augmentation.STANDARD,
            RateSchedule.COSINE,
            0.1,
            OptionalDouble.of(1));
    return new Setting(usual.data(), usual.network(), 1, training, usual.precision());
  }

  private static Apparatus apparatus(Optimizer optimizer) {
    Setting setting = setting(optimizer);
    Reading reading =
        new Reading(
            Datasets.open(setting.data(), Map.of()),
            setting.training().augmentation(),
            setting.seed(),
            1);
    Apparatus apparatus =
        Apparatus.open(
            Providers.named(Providers.DEFAULT, 1),
            new Lesson(reading, Objective.LABELS, setting.training()),
            setting);
    Initialisation.draw(apparatus.parameters(), 1, Initialisation.Purpose.W0);
    return apparatus;
  }

  private Trainer trainer(TaskId task, Apparatus apparatus, Watcher watcher) {
    Keeping keeping = new Keeping(artifacts, Duration.ofHours(1), InstantSource.system());
    return new Trainer(task, apparatus, Position.at(0, NUMERICS), keeping, watcher);
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Optimizer.STANDARD,
        new Optimizer.Adam(0.9, 0.99, 1e-8),
        new Optimizer.AdamW(0.9, 0.99, 1e-8),
        new Optimizer.Lars(0.9, 0.01, 1e-8));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whateverIsOwnedGoesOnToTheSameBytes(Optimizer optimizer) {
    List<String> calm = train(optimizer, Integer.MAX_VALUE);

    assertThat(train(optimizer, 1)).isEqualTo(calm);
    assertThat(train(optimizer, 3)).isEqualTo(calm);
  }

  /** All numbers at the end of a run that is stopped every {@code steps} steps. */
  private List<String> train(Optimizer optimizer, int steps) {
    Optional<Digest> left = Optional.empty();
    while (true) {
      try (Apparatus apparatus = apparatus(optimizer)) {
        Average average = new Average(apparatus.parameters(), steps);
        apparatus.own(average);
        Trainer trainer = trainer(TASK, apparatus, average);
        left.ifPresent(digest -> resume(trainer, digest));
        switch (trainer.run()) {
          case Run.Stopped(Digest checkpoint) -> left = Optional.of(checkpoint);
          case Run.Finished finished -> {
            return Stream.concat(
                    Stream.of(Arrays.toString(average.average), average.values().toString()),
                    apparatus.parameters().buffers().stream()
                        .map(buffer -> Arrays.toString(apparatus.parameters().floats(buffer))))
                .toList();
          }
        }
      }
    }
  }

  private void resume(Trainer trainer, Digest digest) {
    assertThat(artifacts.read(digest, bytes -> trainer.resuming(digest, bytes))).isPresent();
  }

  /** A running average of the weights that counts its steps, as a momentum encoder would. */
  private static final class Average implements Owned, Watcher {
    private final Parameters parameters;
    private final float[] average;
    private int stepsLeft;
    private long seen;

    Average(Parameters parameters, int steps) {
      this.parameters = parameters;
      this.average = parameters.floats(Buffer.WEIGHTS);
      this.stepsLeft = steps;
    }

    @Override
    public String name() {
      return "average";
    }

    @Override
    public Map<String, MemorySegment> tensors() {
      return Map.of("weights", MemorySegment.ofArray(average));
    }

    @Override
    public Map<String, String> values() {
      return Map.of("seen", Long.toString(seen));
    }

    @Override
    public void resume(Map<String, String> values) {
      seen = Long.parseLong(values.getOrDefault("seen", "none"));
    }

    @Override
    public void trained(int images, Duration waited) {
      seen++;
      float[] weights = parameters.floats(Buffer.WEIGHTS);
      float share = 1f / (1 + seen);
      for (int i = 0; i < average.length; i++) {
        average[i] += share * (weights[i] - average[i]);
      }
    }

    @Override
    public boolean stopRequested() {
      return stepsLeft-- <= 0;
    }

    @Override
    public void sampled(long step, Map<String, Double> values) {}

    @Override
    public void progressed(Progress progress) {}

    @Override
    public boolean checkpointed(Digest checkpoint) {
      return true;
    }

    @Override
    public void waiting(Optional<Failure> reason) {}
  }

  private Digest checkpointOf(TaskId task, Optimizer optimizer, boolean owned) {
    try (Apparatus apparatus = apparatus(optimizer)) {
      Average average = new Average(apparatus.parameters(), 2);
      if (owned) {
        apparatus.own(average);
      }
      return ((Run.Stopped) trainer(task, apparatus, average).run()).checkpoint();
    }
  }

  private void assertRefused(byte[] checkpoint, Optimizer optimizer, boolean owned, String reason) {
    try (Apparatus apparatus = apparatus(optimizer)) {
      Average average = new Average(apparatus.parameters(), 2);
      if (owned) {
        apparatus.own(average);
      }
      float[] before = apparatus.parameters().floats(Buffer.WEIGHTS);
      Trainer trainer = trainer(TASK, apparatus, average);

      assertThatThrownBy(
              () -> trainer.resuming(Digest.of(checkpoint), MemorySegment.ofArray(checkpoint)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reason);
      assertThat(apparatus.parameters().floats(Buffer.WEIGHTS)).isEqualTo(before);
      assertThat(average.seen).isZero();
    }
  }

  private byte[] bytes(Digest digest) {
    return artifacts.get(digest).orElseThrow();
  }

  @Test
  void aCheckpointOfAnotherTaskOptimizerOrOwnerIsRefusedAndNothingIsTouched() {
    Optimizer sgd = Optimizer.STANDARD;
    byte[] whole = bytes(checkpointOf(TASK, sgd, true));
    byte[] bare = bytes(checkpointOf(TASK, sgd, false));
    TaskId other = Tasks.id("other");

    assertRefused(
        bytes(checkpointOf(other, sgd, true)), sgd, true, "expected a checkpoint of task " + TASK);
    assertRefused(
        whole,
        new Optimizer.Adam(0.9, 0.99, 1e-8),
        true,
        "expected a checkpoint of [average/weights, mask, moments, second_moments, statistics,"
            + " weights], got one of [average/weights, mask, moments, statistics, weights]");
    assertRefused(bare, sgd, true, "got one of [mask, moments, statistics, weights]");
    assertRefused(whole, sgd, false, "got one of [average/weights, mask");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 300, 20_000})
  void aCheckpointThatWasCutShortIsRefused(int length) {
    byte[] whole = bytes(checkpointOf(TASK, Optimizer.STANDARD, true));

    assertRefused(Arrays.copyOf(whole, length), Optimizer.STANDARD, true, "expected ");
  }

  @Test
  void anotherFormIsRefused() {
    byte[] whole = bytes(checkpointOf(TASK, Optimizer.STANDARD, true));
    String text = new String(whole, ISO_8859_1);
    byte[] older = text.replace("\"form\":\"2\"", "\"form\":\"1\"").getBytes(ISO_8859_1);

    assertRefused(older, Optimizer.STANDARD, true, "expected a checkpoint of form 2, got 1");
  }

  @Test
  @Timeout(300)
  void trainingGoesOnWhileACheckpointIsWritten() {
    CountDownLatch threeMoreSteps = new CountDownLatch(3);
    Artifacts slow = new SlowArtifacts(artifacts, threeMoreSteps);
    SteppedClock clock = new SteppedClock();
    try (Apparatus apparatus = apparatus(Optimizer.STANDARD)) {
      Average average = new Average(apparatus.parameters(), Integer.MAX_VALUE);
      Notes notes =
          Notes.hearing(
              images -> {
                average.trained(images, Duration.ZERO);
                if (average.seen == 2) {
                  clock.now = clock.now.plusSeconds(31);
                } else if (average.seen > 2) {
                  threeMoreSteps.countDown();
                }
              });
      Keeping keeping = new Keeping(slow, Duration.ofSeconds(30), clock);
      Trainer trainer = new Trainer(TASK, apparatus, Position.at(0, NUMERICS), keeping, notes);

      assertThat(trainer.run()).isInstanceOf(Run.Finished.class);

      assertThat(threeMoreSteps.getCount()).isZero();
      assertThat(artifacts.digests()).hasSameElementsAs(notes.checkpoints);
    }
  }

  private static final class SteppedClock implements InstantSource {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** A store that takes its time: until somebody has counted down. */
  private record SlowArtifacts(Artifacts artifacts, CountDownLatch until) implements Artifacts {
    @Override
    public Digest put(byte[] bytes) {
      try {
        assertThat(until.await(4, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException("expected no interruption", e);
      }
      return artifacts.put(bytes);
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return artifacts.get(digest);
    }

    @Override
    public void delete(Digest digest) {
      artifacts.delete(digest);
    }
  }

  @Test
  void twoOwnersOfOneNameAreRefused() {
    try (Apparatus apparatus = apparatus(Optimizer.STANDARD)) {
      apparatus.own(new Average(apparatus.parameters(), 1));

      assertThatThrownBy(() -> apparatus.own(new Average(apparatus.parameters(), 1)))
          .hasMessage("expected owners of different names, got average twice");
    }
  }
}
