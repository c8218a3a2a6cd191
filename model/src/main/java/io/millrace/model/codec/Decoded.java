package io.millrace.model.codec;

/**
 * What came of decoding bytes that anyone may have written: a value, or the reason why there is
 * none.
 */
public sealed interface Decoded<T> {

  /** The bytes were what they should be. */
  record Value<T>(T value) implements Decoded<T> {}

  /** They were not. */
  record Malformed<T>(String reason) implements Decoded<T> {}

  /** The value of bytes that this program wrote itself, where anything else is a fault. */
  default T orThrow() {
    return switch (this) {
      case Value<T>(T value) -> value;
      case Malformed<T>(String reason) -> throw new MalformedBytesException(reason);
    };
  }
}
