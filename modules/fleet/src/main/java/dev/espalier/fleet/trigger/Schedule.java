package dev.espalier.fleet.trigger;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.wire.ForeignEvents;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times at which a trigger starts a study by itself. */
final class Schedule {
  /** The type of the events that it stands for. */
  static final String TYPE = "dev.espalier.schedule.due.v1";

  private static final Duration DELAY = Duration.ofMinutes(1); // that no schedule is missed by
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final String name;
  private final Cron cron;
  private final ExecutionTime times;
  private final ZoneId zone;
  private final Duration missed;

  private Schedule(String name, Cron cron, ZoneId zone, Duration missed) {
    this.name = name;
    this.cron = cron;
    this.times = ExecutionTime.forCron(cron);
    this.zone = zone;
    this.missed = missed;
  }

  /**
   * A schedule.
   *
   * @param name that of its trigger
   * @param cron minute, hour, day of the month, month, day of the week
   * @param zone a time zone, such as {@code UTC} or {@code Europe/Berlin}
   * @param missed for how long a time that passed while nobody looked is made up for
   * @throws IllegalArgumentException when one is none
   */
  static Schedule parse(String name, String cron, String zone, Duration missed) {
    try {
      return new Schedule(name, PARSER.parse(cron).validate(), ZoneId.of(zone), missed);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a time zone such as UTC or Europe/Berlin, got " + zone, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected five fields of cron such as 0 3 * * *, got %s: %s"
              .formatted(cron, e.getMessage()),
          e);
    }
  }

  /** The source of its events. */
  String source() {
    return ForeignEvents.SCHEDULES + name;
  }

  /** The latest of its times up to {@code now}. */
  Optional<Instant> latest(Instant now) {
    return times.lastExecution(now.plusNanos(1).atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The first of its times behind {@code now}. */
  Optional<Instant> next(Instant now) {
    return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** Whether it is not too late at {@code now} for what was planned for {@code time}. */
  boolean isInTime(Instant time, Instant now) {
    Duration most = missed.compareTo(DELAY) > 0 ? missed : DELAY;
    return Duration.between(time, now).compareTo(most) <= 0;
  }

  /** The event that stands for {@code time}: whoever makes it, it has the same name. */
  CloudEvent event(Instant time) {
    ZonedDateTime there = time.atZone(zone);
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("planned", time.toString())
            .put("date", there.toLocalDate().toString())
            .put("day", there.toLocalDate().toEpochDay())
            .put("seconds", time.getEpochSecond());
    return CloudEventBuilder.v1()
        .withId(time.toString())
        .withSource(URI.create(source()))
        .withType(TYPE)
        .withTime(time.atOffset(ZoneOffset.UTC))
        .withData("application/json", data.toString().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** What its file says. */
  @Override
  public String toString() {
    return cron.asString() + " " + zone;
  }
}
