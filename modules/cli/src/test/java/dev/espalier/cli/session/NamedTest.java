package dev.espalier.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.safetensors.TensorFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTest {
  private final Memory store = new Memory();
  private Standings standings = Standings.EMPTY;

  /** A training that keeps W_k, checkpoint after checkpoint, and ends. */
  private final class Training {
    private final TaskId task;
    private final Digest rewind;
    private Optional<Digest> checkpoint = Optional.empty();
    private int step;

    Training(int number) {
      this.task = new TaskId(digest("task " + number));
      this.rewind = store.put(("W_k " + number).getBytes(StandardCharsets.UTF_8));
      advance();
    }

    /** As a worker does: puts, tells, then deletes the one before. */
    void advance() {
      step++;
      Map<String, String> metadata =
          Map.of("rewind", rewind.toString(), "step", task + " " + step, "form", "2");
      Digest fresh = store.put(TensorFile.of(List.of(), metadata).bytes());
      tell(fresh);
      checkpoint.ifPresent(store::delete);
      checkpoint = Optional.of(fresh);
    }

    private void tell(Digest fresh) {
      standings =
          standings.plus(
              new AttemptReported(
                  Fixtures.NOON.plusSeconds(step),
                  Fixtures.ID,
                  task,
                  1,
                  "w",
                  Phase.RUNNING,
                  Progress.NONE,
                  Optional.of(fresh),
                  Optional.empty()));
    }

    void complete() {
      Digest trained = digest("W* " + task);
      MaskSummary mask = new MaskSummary(digest("mask " + task), Optional.empty(), List.of());
      Numerics numerics = new Numerics("onednn", "x", 1, "0", false, Optional.empty());
      Result found = new Result.Pruned(new Score(0.5, 1), mask, trained, rewind);
      Outcome outcome = new Outcome.Completed(found, numerics, Cost.NONE);
      standings =
          standings.plus(new OutcomePublished(Fixtures.NOON, Fixtures.ID, task, 1, "w", outcome));
      checkpoint.ifPresent(store::delete);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatATrainingRewindsToIsNamedWhateverItDoesMeanwhile(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Training> trainings = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      trainings.add(new Training(number));
    }

    Set<Digest> named = Named.on(() -> readWhileTheyGoOn(trainings, random), store);

    assertThat(named)
        .as("seed %d", seed)
        .containsAll(trainings.stream().map(training -> training.rewind).toList());
  }

  /** What stands on the log; between reading and the look into the store some go on, or end. */
  private Standings readWhileTheyGoOn(List<Training> trainings, SplittableRandom random) {
    Standings read = standings;
    for (Training training : trainings) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> training.advance();
        case 3 -> training.complete();
        default -> {}
      }
    }
    return read;
  }

  @Test
  void aCheckpointThatIsLostNamesNothingAndHoldsNobodyUp() {
    Training lost = new Training(1);
    Training there = new Training(2);
    store.delete(lost.checkpoint.orElseThrow());

    assertThat(Named.on(() -> standings, store))
        .contains(there.rewind, there.checkpoint.orElseThrow())
        .doesNotContain(lost.rewind);
  }

  @Test
  void bytesThatAreNoCheckpointNameNothing() {
    Training training = new Training(1);
    Digest stranger = store.put(new byte[] {1, 2, 3});
    training.step++;
    training.tell(stranger);

    assertThat(Named.on(() -> standings, store)).containsExactly(stranger);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Memory implements Artifacts {
    private final Map<Digest, byte[]> kept = new HashMap<>();

    @Override
    public Digest put(byte[] bytes) {
      Digest digest = Digest.of(bytes);
      kept.put(digest, bytes);
      return digest;
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return Optional.ofNullable(kept.get(digest));
    }

    @Override
    public void delete(Digest digest) {
      kept.remove(digest);
    }
  }
}
