package io.millrace.testing.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sends bytes as they are, which no client does that keeps to the rules. */
public final class RawHttp {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int DRIP_MILLIS = 500;
  private static final String LENGTH = "content-length:";
  private static final int BLANK_LINE = 4;

  private RawHttp() {}

  /** The first answer to what is sent, with as much of a body as its headers say. */
  public static String first(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      write(socket, request);
      boolean hasBody = !request.startsWith("HEAD ");
      return read(socket.getInputStream(), read -> isWhole(read, hasBody));
    }
  }

  /** All that comes back before the other side closes, as it must. */
  public static String all(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      write(socket, request);
      return read(socket.getInputStream(), read -> false);
    }
  }

  /**
   * Whether the other side ends all connections that begin so and then bring a byte now and then.
   */
  public static boolean endsForAll(int port, List<String> beginnings, Duration patience)
      throws IOException, InterruptedException {
    var open = new ArrayList<Socket>();
    try {
      for (String beginning : beginnings) {
        Socket socket = connect(port);
        open.add(socket);
        socket.setSoTimeout(1);
        write(socket, beginning);
      }
      long deadline = System.nanoTime() + patience.toNanos();
      while (open.stream().anyMatch(socket -> !isEnded(socket))) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(DRIP_MILLIS);
      }
      return true;
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      write(socket, "x");
      while (socket.getInputStream().read() >= 0) {
        // An answer may come before the end.
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException ended) {
      return true;
    }
  }

  private static Socket connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static boolean isWhole(String read, boolean hasBody) {
    int end = read.indexOf("\r\n\r\n");
    if (end < 0 || !hasBody) {
      return end >= 0;
    }
    for (String line : read.substring(0, end).split("\r\n", -1)) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        int length = Integer.parseInt(line.substring(LENGTH.length()).strip());
        return read.length() >= end + BLANK_LINE + length;
      }
    }
    return read.endsWith("\r\n0\r\n\r\n");
  }

  /** Until the other side closes, or there is enough. */
  private static String read(InputStream in, Predicate<String> isEnough) throws IOException {
    var read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (SocketTimeoutException silent) {
        throw new IOException("the other side has not closed after: " + read, silent);
      } catch (IOException reset) {
        count = -1;
      }
      if (count > 0) {
        read.write(buffer, 0, count);
      }
      String text = read.toString(StandardCharsets.ISO_8859_1);
      if (count < 0 || isEnough.test(text)) {
        return text;
      }
    }
  }
}
