package dev.espalier.fleet.simulation;

/**
 * Something that goes wrong at a moment.
 *
 * @param at when, in ms
 * @param kind what
 * @param target which worker, planner, aggregator or study, modulo their number
 * @param amount of what the kind says, 0 to 1
 */
record Fault(long at, Kind kind, int target, double amount) {
  /**
   * What can go wrong. Each trap that was met on a real broker is one of these:
   *
   * <table>
   * <caption>Traps of Kafka 4.4, and where the simulator has them</caption>
   * <tr><th>trap</th><th>fault</th></tr>
   * <tr><td>a stopped worker's late ACCEPT reports success once the record is finished</td>
   *     <td>{@link #STALL}, {@link #LOCK_ENDS}</td></tr>
   * <tr><td>a stopped worker's ACCEPT of a record that another holds is refused in a map and
   *     throws nothing</td><td>{@link #STALL}, {@link #LOCK_ENDS}</td></tr>
   * <tr><td>a worker's death frees its record only when the lock ends; closing the connection
   *     frees nothing</td><td>{@link #KILL}</td></tr>
   * <tr><td>a broker's restart, or a new leader, has forgotten who holds what and how often it was
   *     handed out: running tasks are handed out again at once</td>
   *     <td>{@link #BROKER_RESTARTS}, {@link #LEADER_CHANGES}</td></tr>
   * <tr><td>a RENEW fails while the broker is away or after it forgot</td>
   *     <td>{@link #BROKER_RESTARTS}, {@link #LEADER_CHANGES}</td></tr>
   * <tr><td>the broker is away for minutes, or for one process alone, which computes on, and is
   *     handed its own task's next delivery when it is back</td>
   *     <td>{@link #CUT_OFF}, {@link #BROKER_RESTARTS}</td></tr>
   * <tr><td>a killed broker is refused for seconds when it comes back</td>
   *     <td>{@link #BROKER_RESTARTS}</td></tr>
   * <tr><td>after five deliveries a record is given up and nobody is told</td>
   *     <td>{@link #LOCK_ENDS}, again and again</td></tr>
   * <tr><td>a share partition stops handing out at a bound between its first unfinished and its
   *     newest record</td><td>none: {@link ShareGroup} has the bound</td></tr>
   * <tr><td>a member that does not poll keeps its record, and its late ACCEPT succeeds</td>
   *     <td>{@link #STALL} shorter than the lock</td></tr>
   * <tr><td>what is committed may stand behind another's open transaction: the last stable offset
   *     is no end</td><td>{@link #LOSE_REQUEST}, {@link #SLOW_MARKERS}, {@link #STALL}</td></tr>
   * <tr><td>a commit is answered before its markers are written</td><td>{@link #SLOW_MARKERS}</td>
   *     </tr>
   * <tr><td>records alone never show the markers at a partition's end</td>
   *     <td>none: {@link ModelTopic} has markers</td></tr>
   * <tr><td>an open transaction is aborted when its time is over, and its producer fenced</td>
   *     <td>{@link #LOSE_REQUEST}, {@link #ABORT}, {@link #STALL}</td></tr>
   * <tr><td>a crash between commit and ACCEPT delivers a finished task again</td>
   *     <td>{@link #KILL}, {@link #LOSE_ANSWER}</td></tr>
   * <tr><td>a task is committed and its attempt does not know</td><td>{@link #LOSE_ANSWER}</td></tr>
   * <tr><td>a compacted topic keeps the newest record of a key alone</td><td>{@link #COMPACT}</td>
   *     </tr>
   * </table>
   */
  enum Kind {
    /** A worker stands still, for up to four locks, and goes on. */
    STALL(14),
    /** A planner stands still. */
    STALL_PLANNER(4),
    /** An aggregator stands still. */
    STALL_AGGREGATOR(1),
    /** A worker dies, and starts again within 20 s. */
    KILL(5),
    /** A planner dies, and starts again within 20 s. */
    KILL_PLANNER(1),
    /** An aggregator dies, and starts again within 20 s. */
    KILL_AGGREGATOR(1),
    /** A worker is asked to stop, and starts again. */
    DRAIN(4),
    /** The attempt under way fails, in a way that another may not meet. */
    FAIL(3),
    /** A worker's next word, and those behind it, are up to a lock late. */
    LATE_WORD(15),
    /** A worker's next word arrives twice. */
    WORD_TWICE(10),
    /** A worker's next commit happens, and the worker is told of an error. */
    LOSE_ANSWER(4),
    /** A worker's next commit does not happen, and its transaction stays open. */
    LOSE_REQUEST(4),
    /** A planner's next commit happens, and the planner is told of an error. */
    LOSE_PLANNERS_ANSWER(1),
    /** A planner's next commit does not happen, and its transaction stays open. */
    LOSE_PLANNERS_REQUEST(1),
    /** The broker aborts what is open. */
    ABORT(3),
    /** Markers are up to 8 s late, for up to 20 s. */
    SLOW_MARKERS(5),
    /** A worker's followers get nothing for up to a lock. */
    WORKER_LAGS(5),
    /** A planner's followers get nothing for up to a lock. */
    PLANNER_LAGS(3),
    /** A worker reaches the broker and hears of it only after up to four locks, and works on. */
    CUT_OFF(4),
    /** A planner reaches the broker and hears of it only after up to four locks. */
    CUT_OFF_PLANNER(2),
    /** The broker is away for up to four locks, and has forgotten who holds what. */
    BROKER_RESTARTS(2),
    /** The task topic has another leader, who does not know who holds what. */
    LEADER_CHANGES(3),
    /** The lock of a record that is worked on ends. */
    LOCK_ENDS(8),
    /** A worker's clock is off, by up to a tenth of the lock. */
    SKEW(4),
    /** A planner's clock is off, by up to a tenth of the lock. */
    SKEW_PLANNER(1),
    /** Compacted topics are compacted. */
    COMPACT(1),
    /** A study is paused or cancelled, and for up to two locks nobody wants it. */
    PAUSE(2);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    /** How often it is drawn, against the others. */
    int weight() {
      return weight;
    }
  }

  /** Up to {@code most} ms, small ones as often as large ones. */
  long time(long most) {
    return Math.round(Math.exp(amount * Math.log((double) most)));
  }

  @Override
  public String toString() {
    return "%7d ms  %s of %d, %.2f".formatted(at, kind, target, amount);
  }
}
