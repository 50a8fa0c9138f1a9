package dev.espalier.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Domain values as JSON: camelCase keys, enums by their label, digests and points in training as
 * text, instants in ISO 8601, durations in seconds, alternatives told apart by {@code kind}, empty
 * Optionals left out. Writing states every default; reading fills in those left out, and refuses
 * unknown keys, missing keys, nulls and values of another type.
 */
public final class Json {
  private static final JsonMapper MAPPER = mapper();
  private static final Map<Class<?>, JsonNode> WITH_DEFAULTS =
      Map.ofEntries(
          Map.entry(Study.class, Schemas.definition("study")),
          Map.entry(Objective.class, Schemas.definition("objective")),
          Map.entry(Training.class, Schemas.definition("training")),
          Map.entry(Task.class, Schemas.definition("task")),
          Map.entry(PruneTask.class, Schemas.definition("task")),
          Map.entry(ScoreTask.class, Schemas.definition("task")),
          Map.entry(CutTask.class, Schemas.definition("task")),
          Map.entry(EvaluateTask.class, Schemas.definition("task")),
          Map.entry(Event.StudyWished.class, Schemas.schema("study")),
          Map.entry(Event.TaskReleased.class, Schemas.schema("task")),
          Map.entry(Event.AttemptReported.class, Schemas.schema("attempt")));

  /** Types of many events, without defaults that have to be filled in from their schemas. */
  private static final Set<Class<?>> AT_ONCE =
      Set.of(
          Event.MetricSampled.class,
          Event.AttemptReported.class,
          Event.AttemptLogged.class,
          Event.OutcomePublished.class);

  private Json() {}

  private static JsonMapper mapper() {
    SimpleModule module = new SimpleModule("espalier");
    Scalars.addTo(module);
    MixIns.addTo(module);
    MaskForm.addTo(module);
    NetworkForm.addTo(module);
    ObjectiveForm.addTo(module);
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(module)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, Json::refuseScalars)
        .build();
  }

  private static void refuseScalars(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** {@code value} as JSON in UTF-8. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /** {@code value} as a tree that nobody else holds. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The {@code type} that {@code json} is.
   *
   * @param json UTF-8
   * @throws UnreadableJsonException when it is not one, saying where and why
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return readOwned(MAPPER.readTree(text), type);
    } catch (JsonProcessingException e) {
      throw new UnreadableJsonException("", e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new UnreadableJsonException("", "expected UTF-8", e);
    }
  }

  /**
   * The {@code type} that {@code json} is, read off its bytes without a detour; empty where it is
   * none or may be one in another way, which {@link #read} then judges: where it has other letters
   * than those of ASCII, or leaves a default out.
   */
  static <T> Optional<T> readUsual(byte[] json, Class<T> type) {
    if (!AT_ONCE.contains(type) || !isAscii(json)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isAscii(byte[] json) {
    for (byte character : json) {
      if (character < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The {@code type} that {@code tree} is.
   *
   * @throws UnreadableJsonException when it is not one, saying where and why
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    return readOwned(tree.deepCopy(), type);
  }

  private static <T> T readOwned(JsonNode whole, Class<T> type) {
    Mismatch.requireNoNull(whole);
    if (WITH_DEFAULTS.containsKey(type)) {
      Defaults.fill(whole, WITH_DEFAULTS.get(type));
    }
    try {
      return MAPPER.treeToValue(whole, type);
    } catch (JsonMappingException e) {
      throw Mismatch.of(e, whole);
    } catch (JsonProcessingException e) {
      throw new UnreadableJsonException("", e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      // A converter's own, where the whole is what it converts.
      throw new UnreadableJsonException("", String.valueOf(e.getMessage()), e);
    }
  }
}
