package io.millrace.streams.judge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * As much of a rejected record as its lane can hold. Everything that the collector ever wrote is
 * held whole; a foreign producer can have compressed many megabytes into what a broker takes, and
 * that would stop the processing.
 *
 * @param bytes the record's value, or its beginning
 * @param length of the whole value, in bytes
 */
record LanePayload(byte[] bytes, int length) {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_KEY_BYTES = 64 << 10;

  static LanePayload of(byte @Nullable [] value) {
    if (value == null) {
      return new LanePayload(new byte[0], 0);
    }
    return new LanePayload(
        value.length > MOST_BYTES ? Arrays.copyOf(value, MOST_BYTES) : value, value.length);
  }

  /** The reason, and that something is left out where it is. */
  String explain(String reason) {
    return bytes.length == length
        ? reason
        : reason + "; cut from " + length + " bytes, whole at its partition and offset";
  }

  /** A key as it can be passed on. */
  @SuppressWarnings("NullAway") // a record without a key stays one
  static byte[] key(byte @Nullable [] key) {
    return key != null && key.length > MOST_KEY_BYTES ? Arrays.copyOf(key, MOST_KEY_BYTES) : key;
  }
}
