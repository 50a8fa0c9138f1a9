package dev.espalier.domain.provenance;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether what a task found is still there and fits together: bytes and their names, counts,
 * that nothing which a parent removed is back, and that parents found what the task says it began
 * with.
 */
public final class Inspection {
  private final Standings standings;
  private final Artifacts store;
  private final List<Finding> findings = new ArrayList<>();

  private Inspection(Standings standings, Artifacts store) {
    this.standings = standings;
    this.store = store;
  }

  /**
   * What is found at {@code origin}, at least one thing.
   *
   * @param standings all that the log says of studies, outcomes and masks
   * @param store with the artifacts; verifies their bytes as it reads them
   */
  public static List<Finding> of(Origin origin, Standings standings, Artifacts store) {
    Inspection inspection = new Inspection(standings, store);
    inspection.parents(origin);
    switch (origin.completed().result()) {
      case Result.Pruned pruned -> inspection.pruned(origin, pruned);
      case Result.Scored scored -> inspection.bytes("evidence", scored.evidence());
      case Result.Evaluated evaluated -> inspection.evaluated(origin, evaluated);
    }
    return List.copyOf(inspection.findings);
  }

  private void parents(Origin origin) {
    for (TaskId parent : origin.content().parents()) {
      String looked = "parent " + parent.digest().brief();
      findings.add(
          standings.task(parent).result().isPresent()
              ? Finding.good(looked)
              : Finding.bad(looked, "expected its outcome on the log, found none"));
    }
  }

  private void pruned(Origin origin, Result.Pruned pruned) {
    MaskSummary summary = pruned.mask();
    Optional<Mask> mask = mask(summary.digest());
    mask.ifPresent(
        bits -> {
          findings.add(
              Finding.same("counts", summary.tensors(), bits.summary(summary.parent()).tensors()));
          summary.parent().ifPresent(parent -> monotone(bits, parent));
        });
    standings
        .task(origin.task())
        .mask()
        .map(MaskPublished::summary)
        .ifPresent(told -> findings.add(Finding.same("mask as published", summary, told)));
    findings.add(Finding.same("lineage", expectedParent(origin), summary.parent()));
    bytes("trained weights", pruned.trained());
    bytes("weights to rewind to", pruned.rewind());
  }

  private void monotone(Mask bits, Digest parent) {
    mask(parent)
        .ifPresent(
            before ->
                findings.add(
                    bits.isWithin(before)
                        ? Finding.good("nothing removed is back")
                        : Finding.bad(
                            "nothing removed is back",
                            "expected no weight that %s removes, got %d that it keeps and %d"
                                .formatted(parent, before.count(), bits.count()))));
  }

  /** The mask that the parents say this one was cut from. */
  private Optional<Digest> expectedParent(Origin origin) {
    return switch (origin.content()) {
      case PruneTask prune -> prune.parent().flatMap(this::maskOf);
      case CutTask cut when cut.round() > 0 -> maskOf(cut.trained());
      case CutTask cut -> Optional.empty();
      case ScoreTask score -> Optional.empty();
      case EvaluateTask evaluate -> Optional.empty();
    };
  }

  private Optional<Digest> maskOf(TaskId task) {
    return summaryOf(task).map(MaskSummary::digest);
  }

  private Optional<MaskSummary> summaryOf(TaskId task) {
    return standings
        .task(task)
        .result()
        .filter(Result.Pruned.class::isInstance)
        .map(found -> ((Result.Pruned) found).mask());
  }

  private void evaluated(Origin origin, Result.Evaluated evaluated) {
    if (origin.content() instanceof EvaluateTask task) {
      Optional<MaskSummary> judged = task.mask().flatMap(this::summaryOf);
      long kept = judged.map(MaskSummary::kept).orElse(evaluated.total());
      findings.add(Finding.same("weights judged", kept, evaluated.kept()));
      judged.ifPresent(
          mask -> findings.add(Finding.same("weights in all", mask.total(), evaluated.total())));
    }
  }

  private Optional<Mask> mask(Digest digest) {
    String looked = "mask " + digest.brief();
    Optional<byte[]> bytes = store.get(digest);
    try {
      Optional<Mask> mask = bytes.map(Mask::parse);
      findings.add(mask.isPresent() ? Finding.good(looked) : missing(looked, digest));
      return mask;
    } catch (IllegalArgumentException e) {
      findings.add(Finding.bad(looked, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void bytes(String what, Digest digest) {
    boolean there = store.read(digest, bytes -> true).orElse(false);
    findings.add(there ? Finding.good(what) : missing(what, digest));
  }

  private static Finding missing(String looked, Digest digest) {
    return Finding.bad(looked, "expected bytes of that name in the store, found none of " + digest);
  }
}
