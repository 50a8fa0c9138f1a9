package dev.espalier.verification.chaos;

import dev.espalier.domain.Digest;
import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A study on a fleet of its own under one fault after the other, until the study is done. A fault
 * waits until the fleet has recovered from the one before, or has had long enough to, so that a
 * slow machine gets no more of them at once than a quick one.
 */
final class Round {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(1);
  private static final Duration MOST_BETWEEN = Duration.ofSeconds(8);

  /** The part of the study by whose end all kills are to have happened. */
  private static final double USED = 0.8;

  private final CalmRun calm;
  private final Deck deck;
  private final Set<Fault> faults;
  private final int kills;
  private final Consumer<String> out;
  private final List<Struck> struck = new ArrayList<>();
  private final Set<String> damaged = new HashSet<>();
  private final List<Strike> postponed = new ArrayList<>();
  private List<Recovery> recoveries = List.of();
  private long struckAt = System.nanoTime();
  private long saidThen;

  /**
   * A round.
   *
   * @param deck draws the faults
   * @param faults all that may be drawn
   * @param kills how many processes are ended at most
   * @param out told of every fault
   */
  Round(CalmRun calm, Deck deck, Set<Fault> faults, int kills, Consumer<String> out) {
    this.calm = calm;
    this.deck = deck;
    this.faults = faults;
    this.kills = kills;
    this.out = out;
  }

  /** What was done so far. */
  List<Struck> struck() {
    return struck;
  }

  /** How the tasks of ended workers went on. */
  List<Recovery> recoveries() {
    return recoveries;
  }

  /** Plays it on a new fleet in {@code folder}; returns what is wrong afterwards. */
  List<String> play(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (Cluster cluster = Cluster.start(folder, faults)) {
      recover(cluster);
      Work.submit(cluster.log(), calm.seeds(), folder);
      try (Vandal vandal = new Vandal(cluster.log(), deck)) {
        disturb(cluster, vandal);
        recover(cluster);
        return findings(cluster, vandal);
      }
    }
  }

  private List<String> findings(Cluster cluster, Vandal vandal)
      throws IOException, InterruptedException {
    awaitQuiet(cluster.log());
    Chronicle chronicle = Chronicle.whole(cluster.log(), vandal.repeated());
    recoveries = Recovery.of(struck, chronicle);
    Checks checks = new Checks(calm, chronicle);
    List<String> findings = new ArrayList<>(checks.ofTheLog());
    findings.addAll(checks.ofTheGarbled(vandal.garbled(), cluster.log()));
    findings.addAll(checks.ofTheGateway(cluster.gateway()));
    findings.addAll(cluster.leave());
    findings.addAll(checks.ofTheStore(cluster.store(), damaged));
    out.accept(checks.summary() + ", " + cluster.leftUnasked() + " processes left by themselves");
    return findings;
  }

  private void recover(Cluster cluster) throws IOException {
    cluster.mend();
    Awaiting ready = cluster::isReady;
    ready.await(
        "the fleet to work",
        LIMIT,
        () -> {
          cluster.tend();
          Awaiting.pause();
        });
  }

  private void disturb(Cluster cluster, Vandal vandal) throws IOException {
    try (Chronicle live = Chronicle.open(cluster.log())) {
      live.awaitEnds(calm.tasks(), () -> disturb(cluster, vandal, live));
    }
  }

  private void disturb(Cluster cluster, Vandal vandal, Chronicle live) throws IOException {
    cluster.tend();
    if (killed() < kills && isTime(cluster, live)) {
      strikeNext(cluster, vandal, live);
      struckAt = System.nanoTime();
      saidThen = live.said();
    }
  }

  /** What could not be done before comes first; what cannot be done now is kept for later. */
  private void strikeNext(Cluster cluster, Vandal vandal, Chronicle live) throws IOException {
    for (Strike strike : postponed) {
      if (strikes(strike, cluster, vandal, live)) {
        postponed.remove(strike);
        return;
      }
    }
    Strike strike = deck.draw();
    while (!strikes(strike, cluster, vandal, live)) {
      postponed.add(strike);
      strike = deck.draw();
    }
  }

  private boolean strikes(Strike strike, Cluster cluster, Vandal vandal, Chronicle live)
      throws IOException {
    return switch (strike.role()) {
      case LOG -> writes(strike, cluster, vandal);
      case STORE -> spoils(strike, cluster, live);
      case BROKER, PLANNER, AGGREGATOR, GATEWAY, WORKER -> {
        strike(strike.fault(), deck.pick(cluster.members(strike.role())));
        yield true;
      }
    };
  }

  /** Only onto a log that works: else whoever writes would wait for a broker that waits for it. */
  private boolean writes(Strike strike, Cluster cluster, Vandal vandal) throws IOException {
    if (!cluster.members(Role.BROKER).getFirst().isReady()) {
      return false;
    }
    tell(strike.fault(), strike.role(), strike.role().toString(), 0);
    if (strike.fault() == Fault.GARBLED) {
      vandal.garble();
    } else {
      vandal.repeat();
    }
    return true;
  }

  private boolean spoils(Strike strike, Cluster cluster, Chronicle live) throws IOException {
    if (strike.fault() == Fault.DAMAGED) {
      return damages(strike, cluster, live);
    }
    tell(strike.fault(), strike.role(), strike.role().toString(), 0);
    cluster.fillStore(time());
    return true;
  }

  /** Only a checkpoint of a task that is under way is looked at again. */
  private boolean damages(Strike strike, Cluster cluster, Chronicle live) throws IOException {
    for (Member worker : cluster.members(Role.WORKER)) {
      Optional<Digest> checkpoint = live.checkpointOf(worker.pid());
      if (checkpoint.isPresent() && Spoiler.damage(cluster.store(), checkpoint.get())) {
        damaged.add(checkpoint.get().hex());
        tell(strike.fault(), strike.role(), checkpoint.get().toString(), 0);
        strike(Fault.KILLED, worker);
        return true;
      }
    }
    return false;
  }

  /** How many processes were ended. */
  int killed() {
    return Struck.kills(struck);
  }

  private boolean isTime(Cluster cluster, Chronicle live) throws IOException {
    long since = System.nanoTime() - struckAt;
    boolean recovered = cluster.isReadyButForTheAfflicted() && live.said() > saidThen;
    return since > (recovered || isLate(live) ? LEAST_BETWEEN : MOST_BETWEEN).toNanos();
  }

  /** Whether the kills that are left will else not find enough work going on. */
  private boolean isLate(Chronicle live) {
    double done = (double) live.ended() / calm.tasks();
    return done > USED * killed() / kills;
  }

  private void strike(Fault fault, Member member) {
    tell(fault, member.role(), member.toString(), member.pid());
    member.suffer(fault, time());
  }

  private Duration time() {
    return Cluster.LOCK.multipliedBy(deck.between(1, 3));
  }

  private void tell(Fault fault, Role role, String member, long pid) {
    Struck one = new Struck(Instant.now(), fault, role, member, pid);
    struck.add(one);
    out.accept(one.toString());
  }

  /** Until nothing waits on the task topic, nor is held. */
  private static void awaitQuiet(Connection log) throws IOException {
    try (Backlog backlog = Backlog.open(log, PATIENCE)) {
      Awaiting quiet = () -> Awaiting.answer(() -> backlog.unfinished(Topic.TASKS), LIMIT) == 0;
      quiet.await("no task to be left on the log", LIMIT, Awaiting::pause);
    }
  }
}
