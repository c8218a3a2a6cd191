package io.millrace.views.sql.language;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL. URLs come from browsers and bots, so nothing is demanded of them: what cannot
 * be found is NULL, and what is not encoded as it should be stays as it is. Each takes one pass
 * over the text. Public for the code that Calcite generates.
 */
public final class UrlValues {
  private static final int NONE = -1;
  private static final int MOST_PORT = 65_535;
  private static final int MOST_PORT_DIGITS = 5;
  private static final int HEX = 16;

  private UrlValues() {}

  /** Such as {@code https}, in lower case. */
  public static @Nullable String protocol(@Nullable String url) {
    int colon = url == null ? NONE : protocolEnd(url);
    return url == null || colon == NONE ? null : url.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /** Without user and port, in lower case. */
  public static @Nullable String host(@Nullable String url) {
    String server = server(url);
    if (server == null) {
      return null;
    }
    int colon = portColon(server);
    String host = colon == NONE ? server : server.substring(0, colon);
    return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
  }

  /** The port, where there is one written. */
  public static @Nullable Integer port(@Nullable String url) {
    String server = server(url);
    int colon = server == null ? NONE : portColon(server);
    if (server == null || colon == NONE) {
      return null;
    }
    String digits = server.substring(colon + 1);
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MOST_PORT_DIGITS
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (!isNumber) {
      return null;
    }
    int port = Integer.parseInt(digits);
    return port <= MOST_PORT ? port : null;
  }

  /** From the slash after the server on, as it is encoded; empty where there is none. */
  public static @Nullable String path(@Nullable String url) {
    return url == null ? null : url.substring(serverEnd(url), pathEnd(url));
  }

  /** What follows the question mark. */
  public static @Nullable String query(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int start = pathEnd(url);
    return start < url.length() && url.charAt(start) == '?'
        ? url.substring(start + 1, fragmentStart(url))
        : null;
  }

  /** What follows the hash. */
  public static @Nullable String fragment(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int start = fragmentStart(url);
    return start < url.length() ? url.substring(start + 1) : null;
  }

  /** The first parameter of the query with a name, decoded. */
  public static @Nullable String parameter(@Nullable String url, @Nullable String name) {
    String query = query(url);
    if (query == null || name == null) {
      return null;
    }
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      end = end == NONE ? query.length() : end;
      int equals = query.indexOf('=', start, end);
      int nameEnd = equals == NONE ? end : equals;
      if (name.equals(decode(query.substring(start, nameEnd)))) {
        return decode(query.substring(Math.min(nameEnd + 1, end), end));
      }
      start = end + 1;
    }
    return null;
  }

  /** Of {@code %C3%BC} and {@code +} the characters that they stand for. */
  public static @Nullable String decode(@Nullable String text) {
    if (text == null || (text.indexOf('%') == NONE && text.indexOf('+') == NONE)) {
      return text;
    }
    var decoded = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      if (isEncoded(text, at)) {
        at = decodeBytes(text, at, decoded);
      } else {
        decoded.append(character == '+' ? ' ' : character);
        at++;
      }
    }
    return decoded.toString();
  }

  /** A text as it can stand for a parameter. */
  public static @Nullable String encode(@Nullable String text) {
    return text == null ? null : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Several bytes make one character, so all that follow each other are decoded together. */
  private static int decodeBytes(String text, int from, StringBuilder decoded) {
    var bytes = new ByteArrayOutputStream();
    int at = from;
    while (isEncoded(text, at)) {
      bytes.write(
          Character.digit(text.charAt(at + 1), HEX) * HEX
              + Character.digit(text.charAt(at + 2), HEX));
      at += 3;
    }
    decoded.append(bytes.toString(StandardCharsets.UTF_8));
    return at;
  }

  private static boolean isEncoded(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && isHexadecimal(text.charAt(at + 1))
        && isHexadecimal(text.charAt(at + 2));
  }

  private static boolean isHexadecimal(char digit) {
    return digit < 128 && Character.digit(digit, HEX) >= 0;
  }

  /** The colon after the protocol. */
  private static int protocolEnd(String url) {
    for (int i = 0; i < url.length(); i++) {
      char character = url.charAt(i);
      if (character == ':') {
        return i == 0 ? NONE : i;
      }
      if (!isOfProtocol(character, i == 0)) {
        return NONE;
      }
    }
    return NONE;
  }

  private static boolean isOfProtocol(char character, boolean isFirst) {
    boolean isLetter =
        (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    return isLetter
        || (!isFirst
            && ((character >= '0' && character <= '9')
                || character == '+'
                || character == '-'
                || character == '.'));
  }

  /** Host and port, where the URL names a server. */
  private static @Nullable String server(@Nullable String url) {
    int start = url == null ? NONE : serverStart(url);
    if (url == null || start == NONE) {
      return null;
    }
    String server = url.substring(start, serverEnd(url));
    return server.substring(server.lastIndexOf('@') + 1);
  }

  private static int serverStart(String url) {
    int afterProtocol = protocolEnd(url) + 1;
    return url.startsWith("//", afterProtocol) ? afterProtocol + 2 : NONE;
  }

  private static int serverEnd(String url) {
    int start = serverStart(url);
    if (start == NONE) {
      return protocolEnd(url) + 1;
    }
    int end = start;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) == NONE) {
      end++;
    }
    return end;
  }

  private static int pathEnd(String url) {
    int end = serverEnd(url);
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  private static int fragmentStart(String url) {
    int hash = url.indexOf('#');
    return hash == NONE ? url.length() : hash;
  }

  /** Not one of those within the brackets of an address. */
  private static int portColon(String server) {
    int colon = server.lastIndexOf(':');
    return colon > server.lastIndexOf(']') ? colon : NONE;
  }
}
