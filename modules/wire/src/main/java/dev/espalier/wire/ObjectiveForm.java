package dev.espalier.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.espalier.domain.study.Objective;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An objective in JSON: its name where its numbers are the usual ones, else an object with its
 * {@code name} and all its numbers.
 */
final class ObjectiveForm {
  private static final String NAME = "name";
  private static final Map<String, Objective> BY_NAME = byName();

  private ObjectiveForm() {}

  private static Map<String, Objective> byName() {
    Map<String, Objective> byName = new LinkedHashMap<>();
    Objective.USUAL.forEach(objective -> byName.put(nameOf(objective), objective));
    return byName;
  }

  /** The name of its kind. */
  static String nameOf(Objective objective) {
    return objective.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static void addTo(SimpleModule module) {
    module
        .addSerializer(Objective.class, new Writer())
        .addDeserializer(Objective.class, new Reader());
  }

  private static Objective usual(String name) {
    Objective usual = BY_NAME.get(name);
    if (usual == null) {
      throw new IllegalArgumentException(
          "expected one of %s, got \"%s\"".formatted(String.join(", ", BY_NAME.keySet()), name));
    }
    return usual;
  }

  private static final class Writer extends StdSerializer<Objective> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Objective.class);
    }

    @Override
    public void serialize(Objective objective, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      String name = nameOf(objective);
      if (objective.equals(usual(name))) {
        out.writeString(name);
        return;
      }
      out.writeStartObject();
      out.writeStringField(NAME, name);
      for (RecordComponent component : objective.getClass().getRecordComponents()) {
        provider.defaultSerializeField(component.getName(), valueOf(objective, component), out);
      }
      out.writeEndObject();
    }

    private static Object valueOf(Objective objective, RecordComponent component) {
      try {
        return component.getAccessor().invoke(objective);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
  }

  private static final class Reader extends StdDeserializer<Objective> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Objective.class);
    }

    @Override
    public Objective deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        ObjectNode object = context.readTree(parser).require();
        JsonNode name = object.remove(NAME);
        Class<? extends Objective> type = usual(name == null ? "" : name.asText()).getClass();
        return context.readTreeAsValue(object, type);
      }
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(
            this, "expected an objective's name or its description, got %s", parser.getText());
      }
      try {
        return usual(parser.getText());
      } catch (IllegalArgumentException e) {
        throw new InvalidFormatException(parser, e.getMessage(), parser.getText(), Objective.class);
      }
    }
  }
}
