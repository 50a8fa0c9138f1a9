package dev.espalier.fleet.simulation;

/** What can be planted around the deciding parts, to see that it is found. */
enum Bug {
  /** None: the parts as they are. */
  NONE,
  /** A producer identity of its own for every attempt. */
  NO_FENCE,
  /** Claims although another attempt lives. */
  NO_LIVENESS_CHECK,
  /** Takes a silence for death that the log's absence explains. */
  SILENCE_WITHOUT_CONTACT,
  /** The planner does not release again what fell silent. */
  NO_REISSUE,
  /** The claim is written like a heartbeat, which no fence stops. */
  CLAIM_OUTSIDE_TRANSACTION,
  /** The delivery is accepted before the effects are committed. */
  ACKNOWLEDGED_BEFORE_COMMIT,
  /** A task is looked up only to the last stable offset. */
  READ_TO_STABLE_OFFSET,
  /** An attempt that is fenced as it completes drops its work, whoever fenced it. */
  GIVES_UP_WHEN_FENCED,
  /** An attempt that is fenced as it completes takes a new fence and commits without a look. */
  COMMITS_AGAIN_BLINDLY,
  /** The log forgets every release that workers are done with, whatever became of its task. */
  FORGETS_WHAT_IS_ACCEPTED,
  /** The planner does not heed that a budget is spent. */
  SPENDS_ON
}
