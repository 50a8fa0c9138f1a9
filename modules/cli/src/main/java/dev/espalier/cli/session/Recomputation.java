package dev.espalier.cli.session;

import dev.espalier.compute.Ending;
import dev.espalier.compute.Observer;
import dev.espalier.compute.Workbench;
import dev.espalier.compute.WorkbenchSettings;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.provenance.Finding;
import dev.espalier.domain.provenance.Origin;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works on a task once more, on this machine, from what its parents found, and looks whether the
 * same comes of it. Nothing is left in the store.
 *
 * <p>The same bits can be expected under the same numerics only. Provider and threads are those of
 * the outcome; where bits differ and something else does too, such as the kind of processor, a
 * finding says so.
 */
public final class Recomputation {
  private static final String AGAIN = ", computed again";
  private static final Duration NEVER = Duration.ofDays(1_000);

  private final Artifacts store;
  private final Map<DataSpec.Name, Path> data;
  private final InstantSource clock;

  /**
   * What is recomputed with.
   *
   * @param store where parents left their artifacts; written to nowhere
   * @param data where the data sets lie that are read from files
   * @param clock what costs are told by
   */
  public Recomputation(Artifacts store, Map<DataSpec.Name, Path> data, InstantSource clock) {
    this.store = store;
    this.data = Map.copyOf(data);
    this.clock = clock;
  }

  /**
   * What comes of working on {@code origin} once more, at least one finding.
   *
   * @param standings with what its parents found
   * @param scratch a folder for what the work leaves, which is the caller's to delete
   * @throws UnsupportedOperationException when what computed it cannot compute on this machine
   */
  public List<Finding> of(Origin origin, Standings standings, Path scratch) {
    Map<TaskId, Result> parents = new HashMap<>();
    for (TaskId parent : origin.content().parents()) {
      standings.task(parent).result().ifPresent(found -> parents.put(parent, found));
    }
    if (!parents.keySet().containsAll(origin.content().parents())) {
      return List.of(
          Finding.bad("all" + AGAIN, "expected the outcomes of its parents, found not all"));
    }
    Numerics before = origin.completed().numerics();
    WorkbenchSettings settings =
        new WorkbenchSettings(before.provider(), before.threads(), 1, data, NEVER);
    Ending ending =
        new Workbench(settings, Beside.in(scratch, store), clock)
            .run(origin.task(), origin.content(), parents, Optional.empty(), new Unwatched());
    return switch (ending) {
      case Ending.Done done -> compare(origin.completed(), done);
      case Ending.Wrong wrong -> List.of(Finding.bad("all" + AGAIN, wrong.failure().message()));
      case Ending.Stopped stopped ->
          throw new IllegalStateException("nobody asked for a stop: " + stopped);
    };
  }

  private static List<Finding> compare(Outcome.Completed before, Ending.Done now) {
    List<Finding> findings = new ArrayList<>();
    if (before.result() instanceof Result.Pruned was && now.result() instanceof Result.Pruned is) {
      findings.add(Finding.same("mask" + AGAIN, was.mask(), is.mask()));
      findings.add(Finding.same("trained weights" + AGAIN, was.trained(), is.trained()));
      findings.add(Finding.same("weights to rewind to" + AGAIN, was.rewind(), is.rewind()));
      findings.add(Finding.same("score" + AGAIN, was.score(), is.score()));
    } else {
      findings.add(Finding.same("result" + AGAIN, before.result(), now.result()));
    }
    if (findings.stream().anyMatch(finding -> finding.wrong().isPresent())) {
      findings.add(Finding.same("numerics" + AGAIN, before.numerics(), now.numerics()));
    }
    return findings;
  }

  /** Nobody watches, and nobody asks for a stop. */
  private static final class Unwatched implements Observer {
    @Override
    public void sampled(long step, Map<String, Double> values) {}

    @Override
    public void trained(int images, Duration waited) {}

    @Override
    public void progressed(Progress progress) {}

    @Override
    public boolean checkpointed(Digest checkpoint) {
      return true;
    }

    @Override
    public void waiting(Optional<Failure> reason) {}

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
