package io.millrace.streams.enrich;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads the query of a URL. Never throws: an escape that is none stands for itself, bytes that are
 * no UTF-8 become replacement characters.
 */
final class QueryParameters {
  private QueryParameters() {}

  /** Hands on every parameter that has a value: its name as sent, its value decoded and trimmed. */
  static void forEach(String query, BiConsumer<String, String> consumer) {
    int start = 0;
    while (start < query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', start, end);
      if (equals > start) {
        String value = decode(query.substring(equals + 1, end)).strip();
        if (!value.isEmpty()) {
          consumer.accept(query.substring(start, equals), value);
        }
      }
      start = end + 1;
    }
  }

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    var decoded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      if (isEscape(text, i)) {
        i = decodeRun(text, i, decoded);
      } else {
        char c = text.charAt(i++);
        decoded.append(c == '+' ? ' ' : c);
      }
    }
    return decoded.toString();
  }

  /** Decodes escapes that follow each other together, for they may be bytes of one character. */
  private static int decodeRun(String text, int start, StringBuilder decoded) {
    var bytes = new ByteArrayOutputStream();
    int i = start;
    while (isEscape(text, i)) {
      bytes.write(hexDigit(text.charAt(i + 1)) << 4 | hexDigit(text.charAt(i + 2)));
      i += 3;
    }
    decoded.append(bytes.toString(StandardCharsets.UTF_8));
    return i;
  }

  private static boolean isEscape(String text, int i) {
    return i + 2 < text.length()
        && text.charAt(i) == '%'
        && hexDigit(text.charAt(i + 1)) >= 0
        && hexDigit(text.charAt(i + 2)) >= 0;
  }

  private static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
