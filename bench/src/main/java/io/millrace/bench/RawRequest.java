package io.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * One request with events on a connection of its own, whose body is sent piece by piece, so that
 * the server can be looked at in the midst of it. Once the server has answered or closed, no more
 * is sent. For one thread.
 */
final class RawRequest implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int PIECE = 16 * 1024;

  private final Socket socket = new Socket();
  private final boolean isDeclared;
  private boolean isBroken;

  private RawRequest(boolean isDeclared) {
    this.isDeclared = isDeclared;
  }

  /**
   * Sends the headers.
   *
   * @param encoding as {@code Content-Encoding}
   * @param length of the body, negative if it is not to be declared
   */
  static RawRequest begin(URI server, String encoding, long length) throws IOException {
    var request = new RawRequest(length >= 0);
    request.socket.setTcpNoDelay(true);
    request.socket.setSoTimeout((int) TIMEOUT.toMillis());
    request.socket.connect(
        new InetSocketAddress(server.getHost(), server.getPort()), (int) TIMEOUT.toMillis());
    request.write(
        "POST /v1/events HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nAuthorization: Bearer "
            + Demo.KEY
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Encoding: "
            + encoding
            + (length >= 0 ? "\r\nContent-Length: " + length : "\r\nTransfer-Encoding: chunked")
            + "\r\n\r\n");
    return request;
  }

  /** A whole request; its status, or nothing if the server closed without one. */
  static OptionalInt send(URI server, String encoding, byte[] body, boolean isDeclared)
      throws IOException {
    try (RawRequest request = begin(server, encoding, isDeclared ? body.length : -1)) {
      request.send(body, 0, body.length);
      return request.end();
    }
  }

  /** Sends a part of the body. */
  void send(byte[] body, int from, int to) throws IOException {
    for (int start = from; start < to && mayGoOn(); start += PIECE) {
      int length = Math.min(PIECE, to - start);
      if (!isDeclared) {
        write(Integer.toHexString(length) + "\r\n");
      }
      write(body, start, length);
      if (!isDeclared) {
        write("\r\n");
      }
    }
  }

  /** Ends the body and reads the status, if there is one. */
  OptionalInt end() throws IOException {
    if (!isDeclared && mayGoOn()) {
      write("0\r\n\r\n");
    }
    try {
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = answer.readLine();
      return line != null && line.length() >= 12
          ? OptionalInt.of(Integer.parseInt(line.substring(9, 12)))
          : OptionalInt.empty();
    } catch (IOException closed) {
      return OptionalInt.empty();
    }
  }

  private boolean mayGoOn() throws IOException {
    return !isBroken && socket.getInputStream().available() == 0;
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int from, int length) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes, from, length);
      out.flush();
    } catch (IOException closed) {
      // The server wants no more; its answer may be there nevertheless.
      isBroken = true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
