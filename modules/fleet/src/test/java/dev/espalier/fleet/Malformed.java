package dev.espalier.fleet;

import dev.espalier.compute.random.Draws;
import dev.espalier.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Records that were events before something happened to them. */
final class Malformed {
  private static final int DEEP = 20_000;
  private static final int LARGE = 900_000;

  private final Draws draws;
  private final List<ProducerRecord<byte[], byte[]>> valid;
  private final List<String> topics;

  /**
   * A source of them.
   *
   * @param valid what to begin with
   * @param topics the full names of the topics to write to
   */
  Malformed(long seed, List<ProducerRecord<byte[], byte[]>> valid, List<String> topics) {
    this.draws = Draws.of(seed, "malformed");
    this.valid = valid;
    this.topics = topics;
  }

  /** One that nobody can read. */
  ProducerRecord<byte[], byte[]> next() {
    ProducerRecord<byte[], byte[]> record = any(valid);
    byte[] value = record.value();
    return switch (draws.below(9)) {
      case 0 -> with(record, Arrays.copyOf(value, draws.below(value.length)));
      case 1 -> with(record, noise(draws.below(2_000)));
      case 2 -> with(record, text(value).replaceFirst("\"", "'"));
      case 3 -> with(record, text(value).replaceFirst(":", ":" + "[".repeat(DEEP)));
      case 4 -> without(record, "ce_type");
      case 5 -> without(record, "ce_specversion");
      case 6 -> with(record, text(value).replaceAll("\"(study|task)\":", "\"$1 \":"));
      case 7 -> with(record, " ".repeat(draws.below(20) == 0 ? LARGE : 100));
      default -> elsewhere(record);
    };
  }

  /** One with another byte somewhere: perhaps still an event, perhaps a strange one. */
  ProducerRecord<byte[], byte[]> strange() {
    ProducerRecord<byte[], byte[]> record = any(valid);
    byte[] value = record.value().clone();
    value[draws.below(value.length)] = (byte) (' ' + draws.below(95));
    return with(record, value);
  }

  private <T> T any(List<T> list) {
    return list.get(draws.below(list.size()));
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (byte) draws.below(256);
    }
    return noise;
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> with(
      ProducerRecord<byte[], byte[]> record, String text) {
    return with(record, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> with(
      ProducerRecord<byte[], byte[]> record, byte[] value) {
    return new ProducerRecord<>(record.topic(), null, record.key(), value, record.headers());
  }

  private static ProducerRecord<byte[], byte[]> without(
      ProducerRecord<byte[], byte[]> record, String name) {
    List<Header> rest =
        Arrays.stream(record.headers().toArray())
            .filter(header -> !header.key().equals(name))
            .toList();
    return new ProducerRecord<>(record.topic(), null, record.key(), record.value(), rest);
  }

  private ProducerRecord<byte[], byte[]> elsewhere(ProducerRecord<byte[], byte[]> record) {
    List<String> others = topics.stream().filter(name -> !name.equals(record.topic())).toList();
    return new ProducerRecord<>(any(others), null, record.key(), record.value(), record.headers());
  }

  /** Whether {@code record} goes to a task topic. */
  static boolean isTask(ProducerRecord<byte[], byte[]> record) {
    return record.topic().endsWith(Topic.TASKS.suffix());
  }
}
