package dev.espalier.wire.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFileTest {
  private static final String HALF = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(long seed) {
    TensorFile file = random(new SplittableRandom(seed));

    assertThat(TensorFile.parse(file.bytes())).isEqualTo(file);
  }

  @Test
  void everyTypeKeepsItsBits() {
    float[] floats = {-0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
    double[] doubles = {Math.PI, -0d};
    long[] longs = {Long.MIN_VALUE};
    byte[] bytes = {0, 1, -1};
    TensorFile file =
        TensorFile.of(
            List.of(
                Tensor.ofBytes("b", List.of(3), bytes),
                Tensor.ofFloats("f", List.of(2, 2), floats),
                Tensor.ofDoubles("d", List.of(2), doubles),
                Tensor.ofLongs("l", List.of(), longs)),
            Map.of());

    TensorFile read = TensorFile.parse(file.bytes());

    assertThat(read.tensor("f").orElseThrow().floats()).containsExactly(floats);
    assertThat(read.tensor("d").orElseThrow().doubles()).containsExactly(doubles);
    assertThat(read.tensor("l").orElseThrow().longs()).containsExactly(longs);
    assertThat(read.tensor("b").orElseThrow().bytes()).containsExactly(bytes);
    assertThat(read.tensor("c")).isEmpty();
  }

  @Test
  void theBytesAreThoseOfTheFormat() {
    TensorFile file =
        TensorFile.of(
            List.of(
                Tensor.ofBytes("m", List.of(2), new byte[] {1, 0}),
                Tensor.ofFloats("w", List.of(1), new float[] {1})),
            Map.of("round", "3"));
    String header =
        "{\"__metadata__\":{\"round\":\"3\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"m\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]}}";
    byte[] data = {0, 0, (byte) 0x80, 0x3F, 1, 0};

    assertThat(file.bytes()).isEqualTo(file(pad(header), data));
  }

  @Test
  void theOrderGivenDoesNotMatter() {
    Tensor a = Tensor.ofBytes("a", List.of(1), new byte[1]);
    Tensor b = Tensor.ofFloats("b", List.of(1), new float[1]);
    Tensor c = Tensor.ofFloats("c", List.of(1), new float[1]);

    assertThat(TensorFile.of(List.of(a, b, c), Map.of("x", "1", "y", "2")).bytes())
        .isEqualTo(TensorFile.of(List.of(c, b, a), Map.of("y", "2", "x", "1")).bytes());
  }

  @Test
  void anEmptyFileIsAFile() {
    TensorFile empty = TensorFile.of(List.of(), Map.of());

    assertThat(TensorFile.parse(empty.bytes())).isEqualTo(empty);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("damaged")
  void whatIsNotTheFormatIsRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> TensorFile.parse(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> damaged() {
    byte[] two = new byte[2];
    return Stream.of(
        Arguments.of(new byte[7], "got 7 bytes"),
        Arguments.of(length(100_000_001, 10), "got a length of 100000001"),
        Arguments.of(length(-1, 10), "got a length of 18446744073709551615"),
        Arguments.of(length(11, 10), "header of 2 to 10 bytes, got a length of 11"),
        Arguments.of(file(" {}", new byte[0]), "begins with {"),
        Arguments.of(file("{\"a\":", new byte[0]), "expected a JSON header"),
        Arguments.of(file("{} x", new byte[0]), "expected a JSON header"),
        Arguments.of(file("{\"\u00FF\":1}", StandardCharsets.ISO_8859_1), "expected a JSON header"),
        Arguments.of(file("{\"a\":1}", two), "expected an object for a, got 1"),
        Arguments.of(file("{\"__metadata__\":[]}", two), "expected an object for __metadata__"),
        Arguments.of(file("{\"__metadata__\":{\"k\":1}}", two), "expected text for the metadata k"),
        Arguments.of(file(HALF + "\"data_offsets\":[0]}}", two), "expected two offsets"),
        Arguments.of(file(HALF + "\"data_offsets\":{}}}", two), "expected a list"),
        Arguments.of(file(HALF + "\"data_offsets\":[0,2.0]}}", two), "expected integers"),
        Arguments.of(file(HALF + "\"data_offsets\":[0,3]}}", new byte[3]), "expected 2 bytes"),
        Arguments.of(file(HALF + "\"data_offsets\":[3,1]}}", two), "expected 2 bytes"),
        Arguments.of(file(HALF + "\"data_offsets\":[-2,0]}}", two), "expected 2 bytes"),
        Arguments.of(
            file(HALF + "\"data_offsets\":[0,2]}}", new byte[1]), "expected 2 bytes after"),
        Arguments.of(
            file(HALF + "\"data_offsets\":[0,2]}}", new byte[3]), "expected 2 bytes after"),
        Arguments.of(
            file(HALF + "\"data_offsets\":[1,3]}}", new byte[3]), "begin at byte 0, got 1"),
        Arguments.of(file(HALF + "\"offsets\":[0,2]}}", two), "for a, got"),
        Arguments.of(file(HALF + "\"x\":1,\"data_offsets\":[0,2]}}", two), "for a, got"),
        Arguments.of(
            file(tensor("a", "[2]", 0, 2) + "," + tensor("a", "[2]", 2, 4), 4), "uplicate"),
        Arguments.of(file(tensor("a", "[2]", 0, 2) + "," + tensor("b", "[2]", 1, 3), 3), "byte 2"),
        Arguments.of(file(tensor("a", "[-1]", 0, 2), 2), "expected sizes of 0"),
        Arguments.of(file(tensor("a", "[4294967296]", 0, 2), 2), "expected sizes of 0"),
        Arguments.of(file(tensor("a", "[2147483647,2147483647,3]", 0, 2), 2), "overflows"),
        Arguments.of(file(tensor("", "[2]", 0, 2), 2), "expected a tensor name"),
        Arguments.of(file(tensor("a", "[2]", 0, 2).replace("U8", "F8"), 2), "got \"F8\""));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aTruncatedFileIsRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = random(random).bytes();
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));

    assertThatThrownBy(() -> TensorFile.parse(cut)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverIsDamagedIsReadOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = random(random).bytes();
    byte[] alphabet = "{}[]\",:019.-eE \\".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
      try {
        assertThat(TensorFile.parse(damaged).bytes()).isNotEmpty();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void valuesAndShapeMustAgree() {
    assertThatThrownBy(() -> Tensor.ofFloats("w", List.of(2, 3), new float[5]))
        .hasMessage("expected 6 values for w of shape [2, 3], got 5");
  }

  @Test
  void valuesAreReadAsWhatTheyAre() {
    Tensor tensor = Tensor.ofBytes("m", List.of(1), new byte[1]);

    assertThatThrownBy(tensor::floats).hasMessage("expected F32 values in m, got U8");
  }

  @Test
  void aNameComesOnce() {
    Tensor tensor = Tensor.ofBytes("m", List.of(1), new byte[1]);

    assertThatThrownBy(() -> TensorFile.of(List.of(tensor, tensor), Map.of()))
        .hasMessageContaining("expected each tensor once");
  }

  private static TensorFile random(SplittableRandom random) {
    List<Tensor> tensors =
        Stream.iterate(0, i -> i + 1)
            .limit(random.nextInt(1, 9))
            .map(i -> random(i, random))
            .toList();
    return TensorFile.of(tensors, Map.of("k\u00E4y \"1\"", "v" + random.nextInt(), "b", ""));
  }

  private static Tensor random(int i, SplittableRandom random) {
    List<Integer> shape = List.of(random.nextInt(1, 4), random.nextInt(0, 5));
    int length = shape.getFirst() * shape.getLast();
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    List<DType> types = List.of(DType.values());
    return switch (types.get(random.nextInt(types.size()))) {
      case U8 -> Tensor.ofBytes("t" + i, shape, bytes);
      case I64 -> Tensor.ofLongs("t" + i, shape, random.longs(length).toArray());
      case F64 -> Tensor.ofDoubles("t" + i, shape, random.doubles(length).toArray());
      case F32 -> {
        float[] floats = new float[length];
        for (int j = 0; j < length; j++) {
          floats[j] = Float.intBitsToFloat(random.nextInt());
        }
        yield Tensor.ofFloats("t" + i, shape, floats);
      }
    };
  }

  private static String tensor(String name, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"U8\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }

  private static String pad(String header) {
    return header + " ".repeat((8 - header.length() % 8) % 8);
  }

  private static byte[] length(long header, int rest) {
    return ByteBuffer.allocate(8 + rest).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array();
  }

  private static byte[] file(String entries, int data) {
    return file("{" + entries + "}", new byte[data]);
  }

  private static byte[] file(String header, Charset charset) {
    byte[] json = header.getBytes(charset);
    return ByteBuffer.wrap(length(json.length, json.length)).position(8).put(json).array();
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] file = length(json.length, json.length + data.length);
    return ByteBuffer.wrap(file).position(8).put(json).put(data).array();
  }
}
