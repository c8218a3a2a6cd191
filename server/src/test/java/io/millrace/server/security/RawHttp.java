package io.millrace.server.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are, which no client does that keeps to the rules. */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 20_000;

  private RawHttp() {}

  /** The first answer to what is sent, with its headers and as much body as they say. */
  static String exchange(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream());
    }
  }

  private static String answer(InputStream in) throws IOException {
    var read = new ByteArrayOutputStream();
    while (!isWhole(read.toString(StandardCharsets.ISO_8859_1))) {
      int next;
      try {
        next = in.read();
      } catch (SocketTimeoutException silent) {
        throw new IOException("no whole answer, but: " + read, silent);
      }
      if (next < 0) {
        break;
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhole(String read) {
    int end = read.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    for (String line : read.substring(0, end).split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return read.length() >= end + 4 + Integer.parseInt(line.substring(15).strip());
      }
    }
    return read.endsWith("\r\n0\r\n\r\n");
  }
}
