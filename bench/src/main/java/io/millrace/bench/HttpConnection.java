package io.millrace.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that is kept open and posts events one request after the other. It does
 * just what the collector needs, because the client shares the cores with what it measures. For one
 * thread.
 */
final class HttpConnection implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] head;

  private HttpConnection(Socket socket, byte[] head) throws IOException {
    this.socket = socket;
    this.head = head;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * Connects to a demo's collector.
   *
   * @param contentType of all requests
   */
  static HttpConnection open(URI base, String contentType) throws IOException {
    String head =
        "POST /v1/events HTTP/1.1\r\nHost: "
            + base.getAuthority()
            + "\r\nAuthorization: Bearer "
            + Demo.KEY
            + "\r\nContent-Type: "
            + contentType
            + "\r\nUser-Agent: "
            + SampleEvents.USER_AGENT
            + "\r\nContent-Length: ";
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), socket.getSoTimeout());
    return new HttpConnection(socket, head.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a body and reads the whole answer; gives its status. */
  int post(byte[] body) throws IOException {
    var request = new ByteArrayOutputStream(head.length + 16 + body.length);
    request.write(head);
    request.write((body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    request.write(body);
    request.writeTo(out);
    out.flush();
    return readAnswer();
  }

  private int readAnswer() throws IOException {
    int status = Integer.parseInt(readLine().substring(9, 12));
    long length = -1;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(line.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without Content-Length, status " + status);
    }
    in.skipNBytes(length);
    return status;
  }

  private String readLine() throws IOException {
    var line = new StringBuilder(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the collector closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
