package dev.espalier.wire;

import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the data of samples as {@link Json#write} writes them, which are most of what a log holds:
 * from the first byte to the last in the one order, without a parser of JSON between.
 */
final class UsualSample {
  private static final byte[] BEFORE_TIME = bytes("{\"at\":\"");
  private static final byte[] BEFORE_STUDY = bytes("\",\"study\":\"");
  private static final byte[] BEFORE_TASK = bytes("\",\"task\":\"");
  private static final byte[] BEFORE_ATTEMPT = bytes("\",\"attempt\":");
  private static final byte[] BEFORE_STEP = bytes(",\"step\":");
  private static final byte[] BEFORE_VALUES = bytes(",\"values\":{\"");
  private static final byte[] BEFORE_VALUE = bytes("\":");
  private static final byte[] BEFORE_NEXT = bytes(",\"");
  private static final byte[] END = bytes("}}");
  private static final int MOST_DIGITS = 9; // that an int has for certain

  private static final Function<String, StudyId> STUDIES = new Shared<>(StudyId::parse);
  private static final Function<String, TaskId> TASKS = new Shared<>(TaskId::parse);
  private static final Function<String, String> NAMES = new Shared<>(name -> name);

  private final byte[] data;
  private int at;

  private UsualSample(byte[] data) {
    this.data = data;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The sample of {@code data}; empty where they are none, or are written in another way. */
  static Optional<MetricSampled> read(byte[] data) {
    try {
      return Optional.of(new UsualSample(data).sample());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private MetricSampled sample() {
    skip(BEFORE_TIME);
    Instant time = UsualInstant.read(textTo('"')).orElseThrow(UsualSample::unusual);
    skip(BEFORE_STUDY);
    StudyId study = STUDIES.apply(textTo('"'));
    skip(BEFORE_TASK);
    TaskId task = TASKS.apply(textTo('"'));
    skip(BEFORE_ATTEMPT);
    int attempt = number();
    skip(BEFORE_STEP);
    int step = number();
    return new MetricSampled(time, study, task, attempt, step, values());
  }

  private static IllegalArgumentException unusual() {
    return new IllegalArgumentException("expected a sample as it is usually written");
  }

  private void skip(byte[] expected) {
    if (!begins(expected)) {
      throw unusual();
    }
    at += expected.length;
  }

  private boolean begins(byte[] expected) {
    int end = at + expected.length;
    return end <= data.length && Arrays.equals(data, at, end, expected, 0, expected.length);
  }

  /** Up to the next {@code mark}: printable ASCII without a backslash. */
  private String textTo(char mark) {
    int begin = at;
    while (data[at] != mark) {
      if (data[at] < ' ' || data[at] == '\\') {
        throw unusual();
      }
      at++;
    }
    return new String(data, begin, at - begin, StandardCharsets.ISO_8859_1);
  }

  private boolean isDigit() {
    return data[at] >= '0' && data[at] <= '9';
  }

  /** Digits, the first of several not 0. */
  private int number() {
    int begin = at;
    int number = 0;
    while (isDigit()) {
      number = number * 10 + (data[at] - '0');
      at++;
    }
    int digits = at - begin;
    if (digits < 1 || digits > MOST_DIGITS || (data[begin] == '0' && digits > 1)) {
      throw unusual();
    }
    return number;
  }

  private Map<String, Double> values() {
    Map<String, Double> values = new HashMap<>();
    skip(BEFORE_VALUES);
    while (true) {
      String name = NAMES.apply(textTo('"'));
      skip(BEFORE_VALUE);
      if (values.put(name, value()) != null) {
        throw unusual();
      }
      if (!begins(BEFORE_NEXT)) {
        break;
      }
      skip(BEFORE_NEXT);
    }
    skip(END);
    if (at != data.length) {
      throw unusual();
    }
    return values;
  }

  /** A number with a point, as Java writes it. */
  private double value() {
    int begin = at;
    at += data[at] == '-' ? 1 : 0;
    int _ = number();
    if (data[at] != '.') {
      throw unusual();
    }
    at++;
    digits();
    if (data[at] == 'E') {
      at++;
      at += data[at] == '-' ? 1 : 0;
      digits();
    }
    double value =
        Double.parseDouble(new String(data, begin, at - begin, StandardCharsets.ISO_8859_1));
    if (Double.isInfinite(value)) {
      throw unusual();
    }
    return value;
  }

  private void digits() {
    int begin = at;
    while (isDigit()) {
      at++;
    }
    if (at == begin) {
      throw unusual();
    }
  }
}
