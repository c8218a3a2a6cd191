package io.millrace.ops.growth;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The place that a record had in the topic it was copied from. It stands in a header of the copy:
 * what a copy has is told by the copy alone, whenever and however the copying ended.
 */
record CopiedFrom(int partition, long offset) {
  static final String HEADER = "copied-from";
  private static final int BYTES = Integer.BYTES + Long.BYTES;

  CopiedFrom {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "copied-from: expected a partition and an offset, got " + partition + ", " + offset);
    }
  }

  /** Takes the place of one from an earlier copying. */
  void writeTo(Headers headers) {
    headers.remove(HEADER);
    headers.add(HEADER, ByteBuffer.allocate(BYTES).putInt(partition).putLong(offset).array());
  }

  /** Empty where a record was not copied. */
  static Optional<CopiedFrom> of(Headers headers) {
    @Nullable Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null || header.value().length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value());
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    return partition < 0 || offset < 0
        ? Optional.empty()
        : Optional.of(new CopiedFrom(partition, offset));
  }
}
