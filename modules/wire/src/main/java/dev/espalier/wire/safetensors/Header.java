package dev.espalier.wire.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON at the head of a safetensors file: each tensor's type, shape and place, and metadata.
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  static final int LONGEST = 100_000_000;

  private static final int ALIGNMENT = 8;
  private static final String DTYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * A tensor's place: bytes {@code begin} to before {@code end}, counted from the end of the
   * header.
   */
  record Entry(String name, DType dtype, List<Integer> shape, long begin, long end) {
    Entry {
      if (begin < 0 || end < begin || end - begin != Tensor.span(name, dtype, shape)) {
        throw new IllegalArgumentException(
            "expected "
                + Tensor.span(name, dtype, shape)
                + " bytes for "
                + name
                + " "
                + dtype
                + shape
                + ", got offsets ["
                + begin
                + ", "
                + end
                + "]");
      }
    }

    Tensor tensorIn(byte[] file, int base) {
      byte[] data = Arrays.copyOfRange(file, (int) (base + begin), (int) (base + end));
      return Tensor.takeOwnershipOf(name, dtype, shape, data);
    }
  }

  static Header of(List<Tensor> tensors, Map<String, String> metadata) {
    List<TensorLayout.Part> parts =
        tensors.stream()
            .map(tensor -> new TensorLayout.Part(tensor.name(), tensor.dtype(), tensor.shape()))
            .toList();
    return new Header(place(parts), metadata);
  }

  /** The places of {@code parts} one after the other. */
  static List<Entry> place(List<TensorLayout.Part> parts) {
    List<Entry> entries = new ArrayList<>();
    long begin = 0;
    for (TensorLayout.Part part : parts) {
      long end = begin + Tensor.span(part.name(), part.dtype(), part.shape());
      entries.add(new Entry(part.name(), part.dtype(), part.shape(), begin, end));
      begin = end;
    }
    return List.copyOf(entries);
  }

  /**
   * The length of the header of a file of {@code size} bytes.
   *
   * @param first at least the first eight bytes, where the file has them
   */
  static int length(byte[] first, long size) {
    if (size < Long.BYTES) {
      throw new IllegalArgumentException("expected a safetensors file, got " + size + " bytes");
    }
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(LONGEST, size - Long.BYTES);
    if (length < 2 || length > most) {
      throw new IllegalArgumentException(
          "expected a safetensors header of 2 to "
              + most
              + " bytes, got a length of "
              + Long.toUnsignedString(length));
    }
    return (int) length;
  }

  /** The JSON, padded with spaces so that the data begin at a multiple of eight. */
  byte[] bytes() {
    ObjectNode root = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject(METADATA)::put);
    }
    for (Entry entry : entries) {
      ObjectNode node = root.putObject(entry.name());
      node.put(DTYPE, entry.dtype().name());
      entry.shape().forEach(node.putArray(SHAPE)::add);
      node.putArray(OFFSETS).add(entry.begin()).add(entry.end());
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Refuses tensors that leave a gap in, overlap in or overrun {@code length} bytes of data. */
  void requireFilling(long length) {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw new IllegalArgumentException(
            "expected " + entry.name() + " to begin at byte " + end + ", got " + entry.begin());
      }
      end = entry.end();
    }
    if (end != length) {
      throw new IllegalArgumentException(
          "expected " + end + " bytes after the header, got " + length);
    }
  }

  static Header parse(byte[] json) {
    JsonNode root = tree(json);
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (property.getKey().equals(METADATA)) {
        metadata.putAll(metadataOf(property.getValue()));
      } else {
        entries.add(entryOf(property.getKey(), property.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return new Header(entries, metadata);
  }

  private static JsonNode tree(byte[] json) {
    if (json[0] != '{') {
      throw new IllegalArgumentException(
          "expected a safetensors header that begins with {, got byte " + (json[0] & 0xFF));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return MAPPER.readTree(text);
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON header: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> metadataOf(JsonNode node) {
    Map<String, String> metadata = new TreeMap<>();
    requireObject(METADATA, node);
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isTextual()) {
        throw new IllegalArgumentException(
            "expected text for the metadata " + property.getKey() + ", got " + property.getValue());
      }
      metadata.put(property.getKey(), property.getValue().textValue());
    }
    return metadata;
  }

  private static Entry entryOf(String name, JsonNode node) {
    requireObject(name, node);
    Set<String> keys = Set.of(DTYPE, SHAPE, OFFSETS);
    if (node.size() != keys.size() || !keys.stream().allMatch(node::has)) {
      throw new IllegalArgumentException("expected " + keys + " for " + name + ", got " + node);
    }
    DType dtype = DType.named(node.get(DTYPE).asText(), name);
    List<Integer> shape =
        integers(name, node.get(SHAPE)).stream().map(size -> toInt(name, size)).toList();
    List<Long> offsets = integers(name, node.get(OFFSETS));
    if (offsets.size() != 2) {
      throw new IllegalArgumentException("expected two offsets for " + name + ", got " + offsets);
    }
    return new Entry(name, dtype, shape, offsets.getFirst(), offsets.getLast());
  }

  private static void requireObject(String name, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("expected an object for " + name + ", got " + node);
    }
  }

  private static List<Long> integers(String name, JsonNode node) {
    List<Long> integers = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw new IllegalArgumentException("expected integers for " + name + ", got " + node);
      }
      integers.add(element.longValue());
    }
    if (!node.isArray()) {
      throw new IllegalArgumentException("expected a list for " + name + ", got " + node);
    }
    return integers;
  }

  private static int toInt(String name, long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected sizes of 0 to " + Integer.MAX_VALUE + " for " + name + ", got " + size);
    }
    return (int) size;
  }
}
