package io.millrace.query.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request written byte by byte, for what the JDK's client refuses to send, and its answer.
 *
 * @param head status line and headers
 */
public record RawExchange(int status, String head, String body) {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  public static RawExchange get(int port, String path) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String head = readHead(socket.getInputStream());
      Matcher length = LENGTH.matcher(head);
      // The server leaves it to the client to close the connection, so its end tells nothing.
      byte[] body =
          socket.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
      return new RawExchange(
          Integer.parseInt(head.substring(9, 12)), head, new String(body, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new AssertionError("no answer to " + path, failure);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int part = in.read();
      if (part < 0) {
        throw new IOException("the answer ends after " + head);
      }
      head.write(part);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }
}
