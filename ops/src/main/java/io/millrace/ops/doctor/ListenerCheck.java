package io.millrace.ops.doctor;

import io.millrace.ops.doctor.ListenerProbe.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether the brokers that a connection names are there, and speak what it says. */
public final class ListenerCheck {
  private ListenerCheck() {}

  /**
   * A finding for each of the brokers.
   *
   * @param connection settings that any client needs, by Kafka's names
   */
  public static List<Finding> of(Map<String, String> connection) {
    String protocol = connection.getOrDefault("security.protocol", "PLAINTEXT");
    return servers(connection)
        .map(server -> answer(server, protocol))
        .map(answered -> judge(answered.server(), protocol, answered.answer()))
        .toList();
  }

  /**
   * What speaks something else than the connection says, as far as it answers. A client must not be
   * pointed there: a plain one takes the first bytes of TLS for a length, and runs out of memory.
   */
  public static List<Finding> mismatches(Map<String, String> connection) {
    String protocol = connection.getOrDefault("security.protocol", "PLAINTEXT");
    return servers(connection)
        .map(server -> answer(server, protocol))
        .filter(answered -> !(answered.answer() instanceof Answer.Unreachable))
        .map(answered -> judge(answered.server(), protocol, answered.answer()))
        .filter(finding -> finding.severity() == Finding.Severity.PROBLEM)
        .toList();
  }

  private record Answered(String server, Answer answer) {}

  private static Answered answer(String server, String protocol) {
    return new Answered(server, probe(server).ask(protocol.endsWith("SSL")));
  }

  private static Stream<String> servers(Map<String, String> connection) {
    return Arrays.stream(connection.getOrDefault("bootstrap.servers", "").split(",", -1))
        .map(String::strip)
        .filter(server -> server.contains(":"));
  }

  private static ListenerProbe probe(String server) {
    int colon = server.lastIndexOf(':');
    String host = server.substring(0, colon);
    return new ListenerProbe(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(server.substring(colon + 1)));
  }

  static Finding judge(String server, String protocol, Answer answer) {
    boolean expectsTls = protocol.endsWith("SSL");
    return switch (answer) {
      case Answer.Tls _ ->
          expectsTls
              ? Finding.ok(server + " speaks TLS")
              : Finding.problem(
                  server + " speaks TLS, and kafka.security.protocol is " + protocol,
                  "set kafka.security.protocol to SSL or SASL_SSL, or name another port");
      case Answer.Plain _ ->
          expectsTls
              ? Finding.problem(
                  server + " speaks no TLS, and kafka.security.protocol is " + protocol,
                  "set kafka.security.protocol to PLAINTEXT or SASL_PLAINTEXT, or name another port")
              : Finding.ok(server + " answers");
      case Answer.Other _ ->
          Finding.problem(
              server + " does not answer like a Kafka",
              "name the port of a listener for clients, not one of a controller or another program");
      case Answer.Unreachable(String reason) ->
          Finding.problem(
              server + " cannot be reached: " + reason,
              "see whether the broker runs, and whether a firewall is between");
    };
  }
}
