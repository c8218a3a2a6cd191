package io.millrace.bench.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** JSON by Jackson's data binding, as the article has it. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a record of texts and numbers is JSON", impossible);
    }
  }

  static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException malformed) {
      throw new UncheckedIOException("not a " + type.getSimpleName(), malformed);
    }
  }

  static <T> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom((topic, value) -> write(value), (topic, bytes) -> read(bytes, type));
  }
}
