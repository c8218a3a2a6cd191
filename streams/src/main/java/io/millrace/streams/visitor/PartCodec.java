package io.millrace.streams.visitor;

import io.millrace.model.ClickKey;

/**
 * How a part of a visitor's state is stored. What it codes must not change afterwards.
 *
 * @param <T> the part as an object
 */
public interface PartCodec<T> {

  byte[] encode(T part);

  /** Reads what {@link #encode} wrote for a visitor. */
  T decode(ClickKey visitor, byte[] bytes);
}
