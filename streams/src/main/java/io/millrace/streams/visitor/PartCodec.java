package io.millrace.streams.visitor;

import io.millrace.model.ClickKey;
import io.millrace.model.codec.ByteWriter;

/**
 * How a part of a visitor's state is stored. What it codes must not change afterwards.
 *
 * @param <T> the part as an object
 */
public interface PartCodec<T> {

  /** Writes a part, which is at least one byte. */
  void write(T part, ByteWriter out);

  /** Reads what {@link #write} wrote for a visitor. */
  T decode(ClickKey visitor, byte[] bytes);
}
