package io.millrace.ops.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Finds out whether a port of Kafka speaks TLS, by a first message and the first two bytes of the
 * answer. Kafka's own client does not: one without TLS reads the alert of a port with TLS as the
 * length of an answer, and dies of a lack of memory.
 */
public final class ListenerProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Types of the records in which TLS begins to answer. */
  private static final int ALERT = 0x15;

  private static final int HANDSHAKE = 0x16;
  private static final int TLS_MAJOR = 0x03;

  /** ApiVersions in its first version, which needs no login; id 7, client {@code millrace}. */
  private static final byte[] API_VERSIONS =
      HexFormat.of()
          .parseHex(
              "00000012"
                  + "0012"
                  + "0000"
                  + "00000007"
                  + "0008"
                  + HexFormat.of().formatHex("millrace".getBytes(StandardCharsets.US_ASCII)));

  private final InetSocketAddress address;

  /** What a port speaks. */
  public sealed interface Answer {
    /** TLS. */
    record Tls() implements Answer {}

    /** Kafka's protocol as it is. */
    record Plain() implements Answer {}

    /** Nothing that is known. */
    record Other() implements Answer {}

    /** Nobody is there. */
    record Unreachable(String reason) implements Answer {}
  }

  public ListenerProbe(String host, int port) {
    address = new InetSocketAddress(host, port);
  }

  /**
   * Asks.
   *
   * @param expectsTls what to try first; a port that speaks what is expected is not troubled again
   */
  public Answer ask(boolean expectsTls) {
    if (address.isUnresolved()) {
      return new Answer.Unreachable("the name " + address.getHostString() + " is not known");
    }
    try {
      Answer first = exchange(expectsTls ? clientHello() : API_VERSIONS);
      return first instanceof Answer.Other
          ? exchange(expectsTls ? API_VERSIONS : clientHello())
          : first;
    } catch (IOException refused) {
      return new Answer.Unreachable(String.valueOf(refused.getMessage()));
    }
  }

  private Answer exchange(byte[] message) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return answer(socket, message);
    }
  }

  private static Answer answer(Socket socket, byte[] message) {
    try {
      socket.getOutputStream().write(message);
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return meaning(in.read(), in.read());
    } catch (IOException closed) {
      // How each of the two takes leave of who speaks the other.
      return new Answer.Other();
    }
  }

  static Answer meaning(int first, int second) {
    if ((first == ALERT || first == HANDSHAKE) && second == TLS_MAJOR) {
      return new Answer.Tls();
    }
    // The length of an answer that is far below 64 KiB.
    return first == 0 && second == 0 ? new Answer.Plain() : new Answer.Other();
  }

  private static byte[] clientHello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      var _ = engine.wrap(ByteBuffer.allocate(0), hello);
      return Arrays.copyOf(hello.array(), hello.position());
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every Java runtime has TLS", impossible);
    }
  }
}
