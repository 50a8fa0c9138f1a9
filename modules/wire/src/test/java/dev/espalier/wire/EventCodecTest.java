package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.task.TaskId;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final EventCodec CODEC = new EventCodec(URI.create("/espalier/worker/w1"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsEncodedIsDecoded(long seed) {
    for (Event event : new Samples(seed).events()) {
      assertThat(EventCodec.decode(CODEC.encode(event))).isEqualTo(event);
    }
  }

  /** Of bytes of which one is changed, too: the quick way gives the same or leaves it alone. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsReadAtOnceIsWhatIsReadThoroughly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int atOnce = 0;
    for (Event event : new Samples(seed).events()) {
      byte[] json = Json.write(event);
      for (int turn = 0; turn < 300; turn++) {
        byte[] changed = json.clone();
        if (turn > 0) {
          changed[random.nextInt(json.length)] = (byte) random.nextInt(256);
        }
        Optional<? extends Event> quick = Json.readUsual(changed, event.getClass());
        if (quick.isPresent()) {
          assertThat(Json.read(changed, event.getClass())).isEqualTo(quick.get());
          atOnce++;
        }
        Optional<MetricSampled> sample = UsualSample.read(changed);
        if (sample.isPresent()) {
          assertThat(Json.read(changed, MetricSampled.class)).isEqualTo(sample.get());
        }
      }
    }
    assertThat(atOnce).isPositive();
  }

  /** As it is written, with figures of all sizes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void samplesAreReadAtOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Event.OfTask other = new Samples(seed).ended();
    for (int turn = 0; turn < 500; turn++) {
      Map<String, Double> values = new HashMap<>();
      for (int i = 0; i <= turn % 4; i++) {
        values.put("value_" + i, Math.scalb(random.nextDouble(-1, 1), random.nextInt(-99, 99)));
      }
      MetricSampled sampled =
          new MetricSampled(
              Instant.ofEpochMilli(random.nextLong(1L << 41)),
              other.study(),
              other.task(),
              random.nextInt(1, 1_000),
              random.nextLong(1_000_000_000L),
              values);

      assertThat(UsualSample.read(Json.write(sampled))).contains(sampled);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void instantsAreReadTheSameBothWays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int quick = 0;
    for (int turn = 0; turn < 2_000; turn++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-1L << 33, 1L << 36),
              turn % 3 * random.nextLong(1_000) * (turn % 2 == 0 ? 1_000_000 : 1));
      StringBuilder text = new StringBuilder(instant.toString());
      if (turn % 4 == 0) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt('!', 'a'));
      }
      Optional<Instant> read = UsualInstant.read(text.toString());
      if (read.isPresent()) {
        assertThat(Instant.parse(text)).as(text.toString()).isEqualTo(read.get());
        quick++;
      }
    }
    assertThat(quick).isGreaterThan(1_000);
  }

  @Test
  void theSameNameIsTheSameObjectAndAnotherIsNot() {
    Shared<TaskId> shared = new Shared<>(TaskId::parse);
    List<String> names =
        IntStream.range(0, 20_000)
            .mapToObj(i -> Digest.of(new byte[] {(byte) i, (byte) (i >> 8)}).toString())
            .toList();

    for (String name : names) {
      TaskId read = shared.apply(name);
      assertThat(read.toString()).isEqualTo(name);
      assertThat(shared.apply(name)).isSameAs(read);
    }
    assertThatThrownBy(() -> shared.apply("sha256:no")).hasMessageStartingWith("expected 64");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aRepeatHasTheSameIdWhoeverSaysIt(long seed) {
    EventCodec other = new EventCodec(URI.create("/espalier/worker/w2"));
    for (Event event : new Samples(seed).events()) {
      assertThat(other.encode(event).getId()).isEqualTo(CODEC.encode(event).getId());
    }
  }

  @Test
  void theCauseIsNamedWhereItIsKnown() {
    Event event = new Samples(1).ended();

    assertThat(CODEC.encode(event, "x#released/0").getExtension(EventCodec.CAUSATION))
        .isEqualTo("x#released/0");
    assertThat(CODEC.encode(event).getExtension(EventCodec.CAUSATION)).isNull();
  }

  @Test
  void aLargeMaskIsLeftToTheStore() {
    Event.MaskPublished large = masked(700_000);

    CloudEvent encoded = CODEC.encode(large);

    assertThat(size(encoded)).isLessThan(EventCodec.LIMIT);
    assertThat(EventCodec.decode(encoded))
        .isInstanceOfSatisfying(
            Event.MaskPublished.class,
            mask -> {
              assertThat(mask.bits()).isEmpty();
              assertThat(mask.summary()).isEqualTo(large.summary());
            });
  }

  @Test
  void aMaskThatFitsTravelsWithItsEvent() {
    Event.MaskPublished small = masked(270_000);

    CloudEvent encoded = CODEC.encode(small);

    assertThat(size(encoded)).isLessThan(EventCodec.LIMIT);
    assertThat(EventCodec.decode(encoded)).isEqualTo(small);
  }

  private static Event.MaskPublished masked(int weights) {
    Event.MaskPublished any = new Samples(1).masked();
    Mask mask =
        Mask.of(List.of(TensorMask.of("conv1.weight", List.of(weights), new boolean[weights])));
    return new Event.MaskPublished(
        any.at(),
        any.study(),
        any.task(),
        any.objective(),
        any.round(),
        any.seed(),
        mask.summary(Optional.empty()),
        Optional.of(mask));
  }

  private static int size(CloudEvent event) {
    int attributes =
        event.getAttributeNames().stream()
            .mapToInt(name -> name.length() + Objects.toString(event.getAttribute(name)).length())
            .sum();
    return attributes + Objects.requireNonNull(event.getData()).toBytes().length;
  }

  @Test
  void anUnknownTypeOrVersionIsRefused() {
    refused(
        builder().withType("dev.espalier.metric.sampled.v2"), "expected an event of a type among");
    refused(builder().withType("com.example.done"), "got com.example.done");
  }

  @Test
  void anEventWithoutDataIsRefused() {
    refused(builder().withoutData(), "expected data in an event of type");
  }

  @Test
  void attributesThatContradictTheDataAreRefused() {
    refused(builder().withSubject("sha256:1"), "expected subject");
    refused(builder().withExtension(EventCodec.CORRELATION, "x"), "expected correlationid");
    refused(builder().withExtension(EventCodec.PARTITION_KEY, "x"), "expected partitionkey");
    refused(builder().withDataSchema(URI.create("urn:x")), "expected dataschema");
  }

  @Test
  void dataThatAreNotWhatTheTypeSaysAreRefused() {
    refused(
        builder().withData("application/json", "{\"x\":1}".getBytes(StandardCharsets.UTF_8)),
        "in the data of dev.espalier.metric.sampled.v1, at /");
    refused(builder().withData("text/plain", new byte[0]), "expected datacontenttype");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsDamagedIsReadOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Event event : new Samples(seed).events()) {
      byte[] data = Json.write(event);
      for (int i = 0; i < 200; i++) {
        byte[] damaged = damage(data, random);
        try {
          assertThat(Json.read(damaged, event.getClass())).isNotNull();
        } catch (UnreadableJsonException e) {
          assertThat(e).hasMessageStartingWith("at ");
        }
      }
    }
  }

  private static byte[] damage(byte[] data, SplittableRandom random) {
    byte[] alphabet = "{}[]\",:019.-eEtrue null\\\u0000".getBytes(StandardCharsets.UTF_8);
    byte[] damaged = data.clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      damaged[random.nextInt(data.length)] = alphabet[random.nextInt(alphabet.length)];
    }
    return damaged;
  }

  private static CloudEventBuilder builder() {
    return CloudEventBuilder.v1(CODEC.encode(new Samples(1).sampled()));
  }

  private static void refused(CloudEventBuilder builder, String reason) {
    CloudEvent event = builder.build();
    assertThatThrownBy(() -> EventCodec.decode(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining(reason);
  }
}
