package dev.espalier.fleet.simulation;

import dev.espalier.compute.random.Draws;
import dev.espalier.kafka.Contact;
import dev.espalier.kafka.Sharing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A process of the fleet: it can be stopped for a while, die, start again, and its clock be off.
 */
final class Host {
  /** How far a clock may be off. */
  static final Duration MOST_SKEW = Simulation.LOCK.dividedBy(10);

  private static final Sharing SHARING = new Sharing(Simulation.LOCK, 5, 1_000);
  private static final int LATENCY = 20;
  private static final int READING = 200; // ms between two looks at what was read

  private final String name;
  private final Timeline timeline;
  private final ModelLog log;
  private final Draws draws;
  private final Deque<Runnable> words = new ArrayDeque<>();
  private Runnable main = () -> {};
  private Contact contact;
  private int life;
  private boolean alive;
  private long stalledUntil;
  private long wordsArrive;
  private long wordsLate;
  private long lagsUntil;
  private long cutOffUntil;
  private boolean saysTwice;
  private boolean readsToKeepInTouch;
  private boolean unread;
  private Loss loss = Loss.NONE;
  private Duration skew = Duration.ZERO;

  /** What becomes of the next end of a transaction. */
  enum Loss {
    NONE,
    /** It happens, and the client is not told. */
    OF_ANSWER,
    /** It does not happen, and the client is not told. */
    OF_REQUEST
  }

  Host(String name, Timeline timeline, ModelLog log, long seed) {
    this.name = name;
    this.timeline = timeline;
    this.log = log;
    this.draws = Draws.of(seed, name);
    this.contact = new Contact(SHARING, this::clock);
  }

  /** Starts, and starts again after every death, with {@code whole}. */
  void start(Runnable whole) {
    main = whole;
    begin();
  }

  private void begin() {
    if (!alive) {
      alive = true;
      life++;
      contact = new Contact(SHARING, this::clock);
      main.run();
    }
  }

  /** Its name, another in every life. */
  String name() {
    return name + "." + life;
  }

  Draws draws() {
    return draws;
  }

  boolean isAlive() {
    return alive;
  }

  /** What its clock shows. */
  Instant clock() {
    return Simulation.instant(timeline.now()).plus(skew);
  }

  /** Sets its clock off by {@code amount}, cut to {@link #MOST_SKEW}. */
  void skew(Duration amount) {
    boolean fits = amount.abs().compareTo(MOST_SKEW) <= 0;
    skew = fits ? amount : MOST_SKEW;
  }

  /** Takes no step for {@code duration} ms; what was due meanwhile is done after it. */
  void stall(long duration) {
    stalledUntil = Math.max(stalledUntil, timeline.now() + duration);
  }

  /** Its followers get nothing for {@code duration} ms. */
  void lag(long duration) {
    lagsUntil = timeline.now() + duration;
  }

  boolean lags() {
    return timeline.now() < Math.max(lagsUntil, cutOffUntil);
  }

  /** What goes between it and the broker arrives in {@code duration} ms at the earliest. */
  void cutOff(long duration) {
    cutOffUntil = timeline.now() + duration;
  }

  /** Holds the next word back for {@code duration} ms on its way, and those behind it. */
  void delayWords(long duration) {
    wordsLate = duration;
  }

  /** Has the next word arrive twice. */
  void sayTwice() {
    saysTwice = true;
  }

  /** Loses something of the next end of a transaction. */
  void lose(Loss what) {
    loss = what;
  }

  /** Dies, and starts again after {@code delay} ms. What it has sent still arrives. */
  void die(long delay) {
    if (alive) {
      alive = false;
      life++;
      stalledUntil = 0;
      timeline.after(delay, this::begin);
    }
  }

  /** Goes on at once, and forgets the faults that it was to meet. */
  void recover() {
    stalledUntil = 0;
    lagsUntil = 0;
    cutOffUntil = 0;
    wordsLate = 0;
    saysTwice = false;
    loss = Loss.NONE;
  }

  /** Takes a step after {@code delay} ms, if it lives then. */
  void later(long delay, Runnable step) {
    int mine = life;
    timeline.after(delay, () -> run(mine, step));
  }

  private void run(int mine, Runnable step) {
    if (mine != life) {
      return;
    }
    if (timeline.now() < stalledUntil) {
      timeline.at(stalledUntil, () -> run(mine, step));
    } else {
      step.run();
    }
  }

  /** {@code step} for this life: whoever calls it later calls nobody. */
  <T> Consumer<T> mine(Consumer<T> step) {
    int mine = life;
    return value -> {
      if (mine == life) {
        step.accept(value);
      }
    };
  }

  /** Takes a step after a moment of up to {@code most} ms. */
  void soon(int most, Runnable step) {
    later(1L + draws.below(most), step);
  }

  /** Asks the broker; the answer comes if this lives then. */
  <T> void ask(Supplier<T> request, Consumer<T> answer) {
    int mine = life;
    Instant asked = contact.now();
    log.arrive(onTheWay(), () -> reply(mine, asked, request.get(), answer));
  }

  private <T> void reply(int mine, Instant asked, T reply, Consumer<T> answer) {
    timeline.after(
        onTheWay(),
        () ->
            run(
                mine,
                () -> {
                  if (!readsToKeepInTouch) {
                    contact.heard(asked);
                  }
                  answer.accept(reply);
                }));
  }

  /**
   * The same for one who decides by what it reads: it has heard the broker once it has read all
   * that stood there when it asked.
   *
   * @param reading where the log ends now, and whether that was read
   */
  <T> void keepInTouchReading(Supplier<T> reading, Predicate<T> isRead) {
    readsToKeepInTouch = true;
    unread = false;
    later(
        contact.interval().toMillis(),
        () -> {
          if (contact.isDue()) {
            Instant asked = contact.now();
            ask(reading, ends -> awaitRead(asked, ends, reading, isRead));
          } else {
            keepInTouchReading(reading, isRead);
          }
        });
  }

  private <T> void awaitRead(Instant asked, T ends, Supplier<T> reading, Predicate<T> isRead) {
    unread = !isRead.test(ends);
    if (unread) {
      soon(READING, () -> awaitRead(asked, ends, reading, isRead));
    } else {
      contact.heard(asked);
      keepInTouchReading(reading, isRead);
    }
  }

  /** Asks the broker for a sign of life whenever none came for a while. */
  void keepInTouch() {
    later(
        contact.interval().toMillis(),
        () -> {
          if (contact.isDue()) {
            ask(() -> true, _ -> keepInTouch());
          } else {
            keepInTouch();
          }
        });
  }

  /** Whether it reads nothing now: its followers lag, or it waits for a sign of life. */
  boolean isOutOfTouch() {
    return lags() || (contact.isDue() && !unread);
  }

  /** By how much it lets clocks differ. */
  Duration skew() {
    return contact.skew();
  }

  /** Since when the broker has answered without a break. */
  Instant heardSince() {
    return contact.since();
  }

  /** How long something takes between it and the broker, either way. */
  private long onTheWay() {
    return Math.max(0, cutOffUntil - timeline.now()) + latency();
  }

  private long latency() {
    return 1L + draws.below(LATENCY);
  }

  /** Sends a word outside any transaction: after those before it, and perhaps late or twice. */
  void say(Runnable write, Runnable taken) {
    wordsArrive = Math.max(wordsArrive, timeline.now() + onTheWay() + wordsLate);
    wordsLate = 0;
    boolean twice = saysTwice;
    saysTwice = false;
    int mine = life;
    Instant asked = contact.now();
    words.add(
        () -> {
          write.run();
          if (twice) {
            write.run();
          }
          reply(mine, asked, true, _ -> taken.run());
        });
    // The broker takes them in their order, whichever way each comes.
    log.arrive(wordsArrive - timeline.now(), () -> words.removeFirst().run());
  }

  /** Takes a step once it has heard what the broker now sends it. */
  void hears(Runnable step) {
    later(onTheWay(), step);
  }

  /** What becomes of the end of a transaction that is sent now. */
  Loss takeLoss() {
    Loss taken = loss;
    loss = Loss.NONE;
    return taken;
  }
}
