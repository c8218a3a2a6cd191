package io.millrace.testing.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are, which clients that know HTTP would not send. */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

  private final URI server;

  RawHttp(URI server) {
    this.server = server;
  }

  /**
   * What came back.
   *
   * @param status 0 where the connection was closed without a word
   */
  record Reply(int status, String text) {
    /** What comes after the headers. */
    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  /** One request with any first line, and headers as they are. */
  Reply get(String target, String... headers) {
    var request =
        new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return send(
        request
            .append("Connection: close\r\n\r\n")
            .toString()
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Posts a body of any length, also beyond what anyone would take. */
  Reply post(String path, byte[] body, boolean isChunked, String... headers) {
    var head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append(
        isChunked
            ? "Transfer-Encoding: chunked\r\n\r\n%x\r\n".formatted(body.length)
            : "Content-Length: %d\r\n\r\n".formatted(body.length));
    return send(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
  }

  private Reply send(byte[]... parts) {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        for (byte[] part : parts) {
          socket.getOutputStream().write(part);
        }
      } catch (SocketException cutOff) {
        // The answer may have come before all was sent.
      }
      return reply(socket.getInputStream());
    } catch (IOException failure) {
      throw new AssertionError("no answer", failure);
    }
  }

  /** Head and body; where nobody asked for its end, the connection stays open for a while. */
  private static Reply reply(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      int missing = Integer.MAX_VALUE;
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
        if (missing == Integer.MAX_VALUE
            && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
          missing = contentLength(bytes.toString(StandardCharsets.ISO_8859_1));
        } else {
          missing -= missing == Integer.MAX_VALUE ? 0 : 1;
        }
        if (missing == 0) {
          break;
        }
      }
    } catch (SocketException cutOff) {
      // What was read before counts.
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    return new Reply(
        text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0, text);
  }

  private static int contentLength(String head) {
    Matcher length = CONTENT_LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE - 1;
  }
}
