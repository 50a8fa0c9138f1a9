package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Result;
import java.util.Optional;

/** What the log names an artifact for. */
public enum ArtifactUse {
  /** The canonical bytes of a mask. */
  MASK("mask", "bin"),
  /** The weights W* that a round trained. */
  TRAINED("trained", "safetensors"),
  /** The weights W_k that training goes back to. */
  REWIND("rewind", "safetensors"),
  /** The sums of a score task. */
  EVIDENCE("evidence", "bin"),
  /** Where an attempt goes on from. */
  CHECKPOINT("checkpoint", "bin"),
  /** Nothing that the log tells. */
  OTHER("artifact", "bin");

  private final String label;
  private final String suffix;

  ArtifactUse(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** What {@code standings} name {@code artifact} for. */
  public static ArtifactUse of(Digest artifact, Standings standings) {
    return standings.tasks().values().stream()
        .map(task -> in(task, artifact))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(OTHER);
  }

  private static Optional<ArtifactUse> in(TaskStanding task, Digest artifact) {
    if (task.mask()
        .map(MaskPublished::summary)
        .filter(it -> it.digest().equals(artifact))
        .isPresent()) {
      return Optional.of(MASK);
    }
    Optional<ArtifactUse> found = task.result().flatMap(result -> in(result, artifact));
    boolean resumed =
        task.attempt().flatMap(AttemptReported::checkpoint).filter(artifact::equals).isPresent();
    return found.isEmpty() && resumed ? Optional.of(CHECKPOINT) : found;
  }

  private static Optional<ArtifactUse> in(Result result, Digest artifact) {
    return switch (result) {
      case Result.Pruned pruned when pruned.mask().digest().equals(artifact) -> Optional.of(MASK);
      case Result.Pruned pruned when pruned.trained().equals(artifact) -> Optional.of(TRAINED);
      case Result.Pruned pruned when pruned.rewind().equals(artifact) -> Optional.of(REWIND);
      case Result.Scored scored when scored.evidence().equals(artifact) -> Optional.of(EVIDENCE);
      case Result.Pruned _, Result.Scored _, Result.Evaluated _ -> Optional.empty();
    };
  }

  /** What a file of {@code artifact} is called: {@code trained-0123456789ab.safetensors}. */
  public String fileOf(Digest artifact) {
    return label + "-" + artifact.brief() + "." + suffix;
  }
}
