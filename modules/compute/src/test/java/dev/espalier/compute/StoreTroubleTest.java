package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of work whose store is away, full or closed. */
@Timeout(300)
class StoreTroubleTest {
  private static final TaskId ROUND0 = Tasks.id("round 0");
  private static final TaskId ROUND1 = Tasks.id("round 1");

  private static Ending round0(Artifacts artifacts, Duration checkpointEvery, Observer observer) {
    return workbench(artifacts, checkpointEvery)
        .run(ROUND0, Tasks.round0(Objective.LABELS), Map.of(), Optional.empty(), observer);
  }

  private static Workbench workbench(Artifacts artifacts, Duration checkpointEvery) {
    WorkbenchSettings settings =
        new WorkbenchSettings(Providers.DEFAULT, 1, 1, Map.of(), checkpointEvery);
    return new Workbench(settings, artifacts, InstantSource.system());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStoreThatComesAndGoesChangesNothing(long seed) {
    Notes notes = Notes.patient();
    Artifacts troubled = new Troubled(new MemoryArtifacts(), seed);
    Artifacts calm = new MemoryArtifacts();

    Result found = bothRounds(troubled, Duration.ZERO, notes);

    assertThat(found).isEqualTo(bothRounds(calm, Duration.ofHours(1), Notes.patient()));
    assertThat(notes.waits).isNotEmpty();
    assertThat(notes.waits.getFirst()).containsInstanceOf(Failure.StoreUnreachable.class);
    assertThat(notes.waits.getLast()).isEmpty();
    assertThat(notes.checkpoints).isNotEmpty();
  }

  private static Result bothRounds(Artifacts artifacts, Duration every, Notes notes) {
    Workbench workbench = workbench(artifacts, every);
    Result first =
        result(
            workbench.run(
                ROUND0, Tasks.round0(Objective.LABELS), Map.of(), Optional.empty(), notes));
    return result(
        workbench.run(
            ROUND1,
            Tasks.round1(Objective.LABELS),
            Map.of(ROUND0, first),
            Optional.empty(),
            notes));
  }

  private static Result result(Ending ending) {
    assertThat(ending).isInstanceOf(Ending.Done.class);
    return ((Ending.Done) ending).result();
  }

  @Test
  void whoWaitsForTheStoreCanBeStopped() {
    Artifacts away =
        new Refusing(
            new ArtifactsException.Unreachable("expected an answer, got none", new IOException()));

    Ending ending = round0(away, Duration.ofHours(1), Notes.stoppingAfter(30));

    assertThat(ending).isEqualTo(new Ending.Stopped(Optional.empty()));
  }

  @Test
  void aStoreThatOnlyAPersonCanMendEndsTheAttempt() {
    Notes notes = Notes.patient();
    Artifacts closed =
        new Refusing(
            new ArtifactsException.Refused("expected to be let in, got 403", new IOException()));

    Ending ending = round0(closed, Duration.ofHours(1), notes);

    assertThat(ending)
        .isEqualTo(
            new Ending.Wrong(new Failure.StoreUnreachable("expected to be let in, got 403")));
    assertThat(notes.waits).isEmpty();
  }

  /** Fails the first use of every thread and every third or so of the others. */
  private static final class Troubled implements Artifacts {
    private final Artifacts store;
    private final long seed;
    private final Map<Thread, PrimitiveIterator.OfInt> kinds = new ConcurrentHashMap<>();

    Troubled(Artifacts store, long seed) {
      this.store = store;
      this.seed = seed;
    }

    private PrimitiveIterator.OfInt kindsOf(Thread thread) {
      return kinds.computeIfAbsent(
          thread, _ -> IntStream.concat(IntStream.of(0), new Random(seed).ints(0, 6)).iterator());
    }

    private <T> T use(Supplier<T> use) {
      return switch (kindsOf(Thread.currentThread()).nextInt()) {
        case 0 -> throw new ArtifactsException.Full("expected room, got none", new IOException());
        case 1 ->
            throw new ArtifactsException.Unreachable(
                "expected an answer, got none", new IOException());
        default -> use.get();
      };
    }

    @Override
    public Digest put(byte[] bytes) {
      return use(() -> store.put(bytes));
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return use(() -> store.get(digest));
    }

    @Override
    public void delete(Digest digest) {
      use(
          () -> {
            store.delete(digest);
            return digest;
          });
    }
  }

  /** Fails every use. */
  private record Refusing(ArtifactsException reason) implements Artifacts {
    @Override
    public Digest put(byte[] bytes) {
      throw reason;
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      throw reason;
    }

    @Override
    public void delete(Digest digest) {
      throw reason;
    }
  }
}
