package dev.espalier.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.OwnNetwork;
import java.io.IOException;

/** A network in JSON: the name of a known one, or an object that describes one's own. */
final class NetworkForm {
  private NetworkForm() {}

  static void addTo(SimpleModule module) {
    module.addDeserializer(Network.class, new Reader());
  }

  private static final class Reader extends StdDeserializer<Network> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Network.class);
    }

    @Override
    public Network deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        return context.readValue(parser, OwnNetwork.class);
      }
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(
            this, "expected a network's name or its description, got %s", parser.getText());
      }
      try {
        return KnownNetwork.named(parser.getText());
      } catch (IllegalArgumentException e) {
        throw new InvalidFormatException(parser, e.getMessage(), parser.getText(), Network.class);
      }
    }
  }
}
