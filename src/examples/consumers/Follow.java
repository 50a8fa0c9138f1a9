import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the masks and figures of a fleet into a file of JSON lines: of lines with the same key
 * the last counts. Killed at any time, it goes on where it was.
 *
 * <pre>java --class-path 'lib/*' Follow.java BROKERS GROUP FILE [PROPERTY=VALUE ...]</pre>
 *
 * <p>Where {@code lib} holds kafka-clients, jackson-databind and what they need, and properties are
 * those of Kafka's consumers: with {@code group.instance.id=NAME}, who is started again goes on at
 * once, and not when the broker has given up on who was killed.
 */
public final class Follow {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Map<String, JsonNode> known = new HashMap<>();

  private Follow(Path file) throws IOException {
    this.file = file;
    String text = Files.exists(file) ? Files.readString(file) : "";
    String whole = text.substring(0, text.lastIndexOf('\n') + 1); // the last line may be torn
    Files.writeString(file, whole);
    for (String line : whole.lines().toList()) {
      JsonNode told = JSON.readTree(line);
      known.put(told.get("key").asText(), told);
    }
  }

  /** Runs until it is killed. */
  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    properties.put("group.id", args[1]);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    Arrays.stream(args)
        .skip(3)
        .map(word -> word.split("=", 2))
        .forEach(pair -> properties.put(pair[0], pair[1]));
    Follow follow = new Follow(Path.of(args[2]));
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("espalier.masks", "espalier.metrics"));
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          follow.read(record);
        }
        consumer.commitAsync(); // behind the file: what is lost is read again, and known
      }
    }
  }

  private void read(ConsumerRecord<String, byte[]> record) throws IOException {
    switch (header(record, "ce_type")) {
      case "dev.espalier.mask.published.v1" -> tell(mask(JSON.readTree(record.value())));
      case "dev.espalier.metric.sampled.v1" -> tell(sample(JSON.readTree(record.value())));
      default -> {} // types that are new to this program, and what is no event
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** A mask, and how many weights it keeps of each tensor. */
  private static ObjectNode mask(JsonNode event) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", event.get("task").asText());
    line.put("digest", event.at("/summary/digest").asText());
    ObjectNode kept = line.putObject("kept");
    for (JsonNode tensor : event.at("/summary/tensors")) {
      kept.put(tensor.get("tensor").asText(), tensor.get("kept").asInt());
    }
    for (JsonNode tensor : event.path("bits")) { // else it is the artifact called digest
      int bits = unpacked(tensor.get("bits").binaryValue()).cardinality();
      if (bits != kept.get(tensor.get("name").asText()).asInt()) {
        throw new IOException("expected as many bits as weights are kept, got " + event);
      }
    }
    return line;
  }

  /** Of weights in C order: the first is in the highest bit of the first byte. */
  private static BitSet unpacked(byte[] packed) {
    BitSet weights = new BitSet();
    for (int i = 0; i < 8 * packed.length; i++) {
      weights.set(i, (packed[i / 8] >> (7 - i % 8) & 1) == 1);
    }
    return weights;
  }

  private static ObjectNode sample(JsonNode event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", event.get("task").asText() + " " + event.get("step").asLong());
    line.put("attempt", event.get("attempt").asInt());
    line.set("values", event.get("values"));
    return line;
  }

  /** Writes {@code line} unless it is known, or a later attempt came as far. */
  private void tell(ObjectNode line) throws IOException {
    JsonNode before = known.getOrDefault(line.get("key").asText(), JSON.createObjectNode());
    if (!line.toString().equals(before.toString())
        && line.path("attempt").asInt() >= before.path("attempt").asInt()) {
      known.put(line.get("key").asText(), line);
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
  }
}
