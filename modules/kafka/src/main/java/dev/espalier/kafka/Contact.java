package dev.espalier.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Since when the log has answered this process without a break in which heartbeats may have been
 * missed. Silence before that proves nothing: whoever seems silent may have had nobody to talk to.
 * A clock that is set to another time, forwards or backwards, is such a break. Safe for use by many
 * threads.
 */
public final class Contact {
  private final Duration interval;
  private final InstantSource clock;
  private Instant since;
  private Instant last;

  /**
   * A contact that begins now, and takes the log's word for what was before.
   *
   * @param sharing by whose lock heartbeats are young or old
   */
  public Contact(Sharing sharing, InstantSource clock) {
    this.interval = sharing.lock().dividedBy(8);
    this.clock = clock;
    this.since = Instant.MIN;
    this.last = clock.instant();
  }

  /** How often the log should be asked for a sign of life. */
  public Duration interval() {
    return interval;
  }

  /**
   * By how much the clocks of processes may differ, and one be set while it runs, without harm:
   * what differs by more is not believed.
   */
  public Duration skew() {
    return interval.multipliedBy(2);
  }

  /** How long a silence of the log is no break. */
  Duration patience() {
    return interval.multipliedBy(4);
  }

  /** Whether it is time to ask. */
  public synchronized boolean isDue() {
    return isApart(interval, clock.instant());
  }

  /** When the log is asked, for {@link #heard}. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * The log has answered, at some moment since it was asked: the answer may have waited for a
   * process that stood still, or the question for a log that was away. So it proves contact only
   * from when it was asked, and after a break only from now.
   *
   * @param asked when it was asked
   * @return whether there was a break
   */
  public synchronized boolean heard(Instant asked) {
    Instant now = clock.instant();
    boolean broken = isApart(patience(), now);
    if (broken) {
      since = now;
    }
    boolean setBack = broken && now.isBefore(last);
    last = setBack || asked.isAfter(last) ? asked : last;
    return broken;
  }

  /**
   * Since when there was no break: now while there is one, since an answer that came late says
   * nothing of what was written after it was asked for; {@link Instant#MIN} when there was none.
   */
  public synchronized Instant since() {
    Instant now = clock.instant();
    return isApart(patience(), now) ? now : since;
  }

  /** Whichever way: a clock that was set tells as little of the time between as a break does. */
  private boolean isApart(Duration most, Instant now) {
    return Duration.between(last, now).abs().compareTo(most) > 0;
  }
}
