package io.millrace.model.codec;

/**
 * Bytes that are not what they should be. Thrown within a codec, which turns it into a value for
 * bytes of others.
 */
public final class MalformedBytesException extends RuntimeException {

  public MalformedBytesException(String message) {
    super(message, null, false, false);
  }
}
