package dev.espalier.verification.chaos;

import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A study on a fleet of its own under one fault after the other, until the study is done. A fault
 * waits until the fleet has recovered from the one before, or has had long enough to, so that a
 * slow machine gets no more of them at once than a quick one.
 */
final class Round {
  private static final Duration TURN = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(1);
  private static final Duration MOST_BETWEEN = Duration.ofSeconds(20);

  /** The part of the study by whose end all kills are to have happened. */
  private static final double USED = 0.8;

  private final CalmRun calm;
  private final Deck deck;
  private final int kills;
  private final Consumer<String> out;
  private final List<Struck> struck = new ArrayList<>();
  private long struckAt = System.nanoTime();
  private long saidThen;

  /**
   * A round.
   *
   * @param kills how many processes are ended at most
   * @param out told of every fault
   */
  Round(CalmRun calm, Deck deck, int kills, Consumer<String> out) {
    this.calm = calm;
    this.deck = deck;
    this.kills = kills;
    this.out = out;
  }

  /** What was done so far. */
  List<Struck> struck() {
    return struck;
  }

  /** Plays it on a new fleet in {@code folder}; returns what is wrong afterwards. */
  List<String> play(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (Cluster cluster = Cluster.start(folder)) {
      recover(cluster);
      Work.submit(cluster.log(), folder);
      disturb(cluster);
      recover(cluster);
      awaitQuiet(cluster.log());
      Checks checks = new Checks(calm, Chronicle.whole(cluster.log()));
      List<String> findings = new ArrayList<>(checks.ofTheLog());
      findings.addAll(checks.ofTheGateway(cluster.gateway()));
      findings.addAll(cluster.leave());
      findings.addAll(checks.ofTheStore(cluster.store()));
      out.accept(checks.summary() + ", " + cluster.leftUnasked() + " processes left by themselves");
      return findings;
    }
  }

  private void recover(Cluster cluster) throws IOException {
    cluster.thaw();
    Awaiting ready = cluster::isReady;
    ready.await(
        "the fleet to work",
        LIMIT,
        () -> {
          cluster.tend();
          Awaiting.pause();
        });
  }

  private void disturb(Cluster cluster) throws IOException {
    try (Chronicle live = Chronicle.open(cluster.log())) {
      while (live.ended() < calm.tasks()) {
        long said = live.said();
        Awaiting news = () -> live.said() > said;
        news.await(
            "any word, after %d of %d tasks".formatted(live.ended(), calm.tasks()),
            LIMIT,
            () -> disturb(cluster, live));
      }
    }
  }

  private void disturb(Cluster cluster, Chronicle live) throws IOException {
    live.step(TURN);
    cluster.tend();
    if (killed() < kills && isTime(cluster, live)) {
      strike(cluster, deck.draw());
      struckAt = System.nanoTime();
      saidThen = live.said();
    }
  }

  /** How many processes were ended. */
  int killed() {
    return (int) struck.stream().filter(one -> one.fault().ends()).count();
  }

  private boolean isTime(Cluster cluster, Chronicle live) throws IOException {
    long since = System.nanoTime() - struckAt;
    boolean recovered = cluster.isReady() && live.said() > saidThen;
    return since > (recovered || isLate(live) ? LEAST_BETWEEN : MOST_BETWEEN).toNanos();
  }

  /** Whether the kills that are left will else not find enough work going on. */
  private boolean isLate(Chronicle live) {
    double done = (double) live.ended() / calm.tasks();
    return done > USED * killed() / kills;
  }

  private void strike(Cluster cluster, Strike strike) throws IOException {
    Member member = deck.pick(cluster.members(strike.role()));
    Struck one =
        new Struck(Instant.now(), strike.fault(), strike.role(), member.toString(), member.pid());
    member.suffer(strike.fault(), Cluster.LOCK.multipliedBy(deck.between(1, 3)));
    struck.add(one);
    out.accept(one.toString());
  }

  /** Until nothing waits on the task topic, nor is held. */
  private static void awaitQuiet(Connection log) throws IOException {
    try (Backlog backlog = Backlog.open(log)) {
      Awaiting quiet = () -> backlog.unfinished(Topic.TASKS) == 0;
      quiet.await("no task to be left on the log", LIMIT, Awaiting::pause);
    }
  }
}
