package io.millrace.collector.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/**
 * The one way this module reads and writes JSON: by the letter of RFC 8259, without duplicate keys,
 * and with a bound on everything that grows.
 */
public final class StrictJson {
  /** Arrays and objects in each other, that of the request included. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_NUMBER_LENGTH = 100;

  private StrictJson() {}

  /**
   * A factory of parsers and generators.
   *
   * @param maxBytes of the longest document, and so of the longest text in it
   */
  public static JsonFactory factory(int maxBytes) {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxStringLength(maxBytes)
            .build();
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // UTF-8 alone, as RFC 8259 has it; the others fail in ways of their own.
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        // Interned names would let strangers fill the JVM's string table.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(constraints)
        // Buffers per thread are of no use where every request has a thread of its own.
        .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
        .build();
  }
}
