package dev.espalier.compute;

import dev.espalier.compute.data.DataException;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.train.Keeping;
import dev.espalier.compute.train.PatientArtifacts;
import dev.espalier.compute.train.TaskException;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Works on tasks, each on the thread that calls. Has no state of its own: any number of threads may
 * work at once.
 */
public final class Workbench {
  private final WorkbenchSettings settings;
  private final Provider provider;
  private final Artifacts artifacts;
  private final InstantSource clock;

  /**
   * A workbench.
   *
   * @param settings what the worker decides for itself
   * @param artifacts where artifacts are found and left
   * @param clock what costs and checkpoint intervals are told by
   * @throws IllegalArgumentException when there is no such provider
   * @throws UnsupportedOperationException when it cannot compute on this machine
   */
  public Workbench(WorkbenchSettings settings, Artifacts artifacts, InstantSource clock) {
    this(settings, Providers.named(settings.provider(), settings.threads()), artifacts, clock);
  }

  Workbench(
      WorkbenchSettings settings, Provider provider, Artifacts artifacts, InstantSource clock) {
    this.settings = settings;
    this.provider = provider;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /**
   * Works on a task until it ends or {@code observer} asks for a stop. What is left in the store:
   * W_k, W* and the mask of a prune task under the digests that the result names, the mask as its
   * canonical bytes; and the newest checkpoint.
   *
   * @param id the task's name
   * @param task the work
   * @param parents what the task's parents found
   * @param checkpoint what an earlier attempt left; work goes on from there, to the same bytes as
   *     without a break, or begins anew when the checkpoint is no longer in the store
   * @param observer who watches
   * @throws IllegalArgumentException when a parent is missing: the process asks for what it should
   *     not
   */
  public Ending run(
      TaskId id,
      Task task,
      Map<TaskId, ? extends Result> parents,
      Optional<Digest> checkpoint,
      Observer observer) {
    PatientArtifacts patient = new PatientArtifacts(artifacts, observer);
    Keeping keeping = new Keeping(patient, artifacts, settings.checkpointEvery(), clock);
    Job job = new Job(id, parents, checkpoint, observer, keeping, provider, settings);
    try {
      return switch (task) {
        case PruneTask prune -> new PruneJob(job, prune).run();
        case ScoreTask score -> new ScoreJob(job, score).run();
        case CutTask cut -> new CutJob(job, cut).run();
        case EvaluateTask evaluate -> new EvaluateJob(job, evaluate).run();
      };
    } catch (TaskException e) {
      return new Ending.Wrong(e.failure());
    } catch (DataException e) {
      return new Ending.Wrong(e.failure());
    } catch (ArtifactsException e) {
      return observer.stopRequested()
          ? new Ending.Stopped(Optional.empty())
          : new Ending.Wrong(Failure.StoreUnreachable.of(e));
    } catch (OutOfMemoryError e) {
      return new Ending.Wrong(
          new Failure.OutOfMemory(
              "expected enough memory for %s on %s, got %s (task %s)"
                  .formatted(task.setting().network(), provider.name(), e.getMessage(), id)));
    }
  }
}
