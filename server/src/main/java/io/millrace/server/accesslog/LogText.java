package io.millrace.server.accesslog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes that anyone may have sent into text. Never fails: bytes that are valid UTF-8 are read
 * as that, which random or older text practically never is by accident, and all others as
 * ISO-8859-1, which gives every byte a character, so that nothing is lost. Only NUL, which no event
 * may hold, becomes the character that stands for what cannot be shown.
 */
final class LogText {
  private LogText() {}

  static String of(byte[] bytes) {
    return text(bytes).replace('\u0000', '\uFFFD');
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUnicode) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** A request's target, with each byte that cannot stand in a URL percent-encoded. */
  static String urlOf(byte[] bytes, int from, int to) {
    var text = new StringBuilder(to - from);
    for (int at = from; at < to; at++) {
      int each = bytes[at] & 0xff;
      if (each <= ' ' || each >= 0x7f || each == '"' || each == '\\') {
        text.append('%').append(hexDigit(each >> 4)).append(hexDigit(each & 0xf));
      } else {
        text.append((char) each);
      }
    }
    return text.toString();
  }

  private static char hexDigit(int value) {
    return "0123456789ABCDEF".charAt(value);
  }
}
