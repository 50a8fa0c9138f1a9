package dev.espalier.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The attributes that our events have on a log, by the names of their headers. */
public enum Attribute {
  CONTENT_TYPE("content-type"),
  SPEC_VERSION("ce_specversion"),
  ID("ce_id"),
  SOURCE("ce_source"),
  TYPE("ce_type"),
  SUBJECT("ce_subject"),
  TIME("ce_time"),
  DATA_SCHEMA("ce_dataschema"),
  CORRELATION("ce_" + EventCodec.CORRELATION),
  CAUSATION("ce_" + EventCodec.CAUSATION),
  PARTITION_KEY("ce_" + EventCodec.PARTITION_KEY),
  TRACE_PARENT("ce_traceparent");

  private static final Map<String, Attribute> BY_HEADER =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(known -> known.header, Function.identity()));

  private final String header;

  Attribute(String header) {
    this.header = header;
  }

  /** Whether its header is called {@code name}. */
  public boolean isCalled(String name) {
    return header.equals(name);
  }

  /** The one whose header is called {@code name}; empty when it is none of ours. */
  public static Optional<Attribute> in(String name) {
    return Optional.ofNullable(BY_HEADER.get(name));
  }
}
