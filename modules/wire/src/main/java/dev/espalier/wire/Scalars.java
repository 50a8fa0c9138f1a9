package dev.espalier.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Deadline;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Values that JSON writes as one text or number. */
final class Scalars {
  private static final int NANO_DIGITS = 9;

  private Scalars() {}

  static void addTo(SimpleModule module) {
    addText(module, Digest.class, Digest::parse);
    addText(module, StudyId.class, new Shared<>(StudyId::parse));
    addText(module, TaskId.class, new Shared<>(TaskId::parse));
    addText(module, Tenant.class, Tenant::new);
    addText(module, Evaluation.class, Evaluation::parse);
    addText(module, Pattern.class, Pattern::parse);
    addText(module, Deadline.class, Deadline::parse);
    addText(module, TrainingPoint.class, TrainingPoint::parse);
    addText(module, Instant.class, Scalars::instant);
    module
        .addSerializer(Duration.class, new SecondsWriter())
        .addDeserializer(Duration.class, new SecondsReader());
  }

  private static <T> void addText(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module
        .addSerializer(type, new ToStringSerializer(type))
        .addDeserializer(type, new TextReader<>(type, parse));
  }

  private static Instant instant(String text) {
    Optional<Instant> usual = UsualInstant.read(text);
    try {
      return usual.isPresent() ? usual.get() : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected an instant in ISO 8601, got \"" + text + "\"", e);
    }
  }

  private static final class TextReader<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> parse;

    TextReader(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "expected text, got %s", parser.getText());
      }
      try {
        return parse.apply(parser.getText());
      } catch (IllegalArgumentException e) {
        throw new InvalidFormatException(parser, e.getMessage(), parser.getText(), handledType());
      }
    }
  }

  private static final class SecondsWriter extends StdScalarSerializer<Duration> {
    SecondsWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration time, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      BigDecimal nanos = BigDecimal.valueOf(time.getNano(), NANO_DIGITS);
      out.writeNumber(BigDecimal.valueOf(time.getSeconds()).add(nanos).stripTrailingZeros());
    }
  }

  /** Rounds to nanoseconds: a double holds up to 97 days of them exactly. */
  private static final class SecondsReader extends StdScalarDeserializer<Duration> {
    SecondsReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.currentToken().isNumeric()) {
        return context.reportInputMismatch(
            this, "expected a number of seconds, got %s", parser.getText());
      }
      BigDecimal nanos = parser.getDecimalValue().movePointRight(NANO_DIGITS);
      if (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        return context.reportInputMismatch(
            this, "expected fewer seconds, got %s", parser.getText());
      }
      return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_EVEN).longValue());
    }
  }
}
