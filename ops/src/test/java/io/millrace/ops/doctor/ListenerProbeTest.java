package io.millrace.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ops.doctor.ListenerProbe.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenerProbeTest {
  /** How a server answers who speaks TLS: a record of an alert. */
  private static final byte[] ALERT = HexFormat.of().parseHex("15030300020246");

  /** How Kafka answers: a length, and the number of the request. */
  private static final byte[] KAFKA = HexFormat.of().parseHex("0000001000000007");

  @Test
  void aPortThatAnswersWithAnAlertSpeaksTls() throws IOException {
    assertThat(ask(false, ALERT)).isEqualTo(new Answer.Tls());
    assertThat(ask(true, ALERT)).isEqualTo(new Answer.Tls());
  }

  @Test
  void aPortThatAnswersWithALengthSpeaksKafka() throws IOException {
    assertThat(ask(false, KAFKA)).isEqualTo(new Answer.Plain());
  }

  @Test
  void aPortThatHangsUpOnTheOneIsAskedInTheOther() throws IOException {
    assertThat(ask(true, new byte[0], KAFKA)).isEqualTo(new Answer.Plain());
    assertThat(ask(false, new byte[0], ALERT)).isEqualTo(new Answer.Tls());
  }

  @Test
  void aPortThatHangsUpOnBothIsNoKafka() throws IOException {
    assertThat(ask(true, new byte[0], new byte[0])).isEqualTo(new Answer.Other());
  }

  @Test
  void whereNobodyListensNobodyIsReached() throws IOException {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    assertThat(new ListenerProbe("127.0.0.1", port).ask(false))
        .isInstanceOf(Answer.Unreachable.class);
    assertThat(
            ListenerCheck.of(
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "security.protocol", "SSL")))
        .singleElement()
        .matches(finding -> finding.severity() == Finding.Severity.PROBLEM);
  }

  @Test
  void theOtherProtocolIsAProblemThatNamesTheSetting() {
    Finding tls = ListenerCheck.judge("kafka:9093", "PLAINTEXT", new Answer.Tls());
    Finding plain = ListenerCheck.judge("kafka:9092", "SASL_SSL", new Answer.Plain());

    assertThat(tls.severity()).isEqualTo(Finding.Severity.PROBLEM);
    assertThat(tls.what()).contains("speaks TLS", "kafka.security.protocol is PLAINTEXT");
    assertThat(plain.severity()).isEqualTo(Finding.Severity.PROBLEM);
    assertThat(plain.what()).contains("speaks no TLS", "kafka.security.protocol is SASL_SSL");
  }

  /** Answers each connection in turn, once it has said something. */
  private static Answer ask(boolean expectsTls, byte[]... answers) throws IOException {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                for (byte[] answer : answers) {
                  answer(server, answer);
                }
              });
      return new ListenerProbe("127.0.0.1", server.getLocalPort()).ask(expectsTls);
    }
  }

  private static void answer(ServerSocket server, byte[] answer) {
    try (Socket client = server.accept()) {
      InputStream in = client.getInputStream();
      // What is unread when a socket is closed resets the connection, answer and all.
      var _ = in.read(new byte[4096]);
      client.getOutputStream().write(answer);
      client.getOutputStream().flush();
    } catch (IOException over) {
      // The test is.
    }
  }
}
