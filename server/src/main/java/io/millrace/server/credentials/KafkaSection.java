package io.millrace.server.credentials;

import java.nio.file.Path;

/**
 * How a user logs in, as the section {@code kafka} of {@code millrace.yaml}. The password stays in
 * the file that it is in. Pure.
 */
final class KafkaSection {

  private KafkaSection() {}

  static String scram(String servers, Path authority, String user, Path password) {
    return begin(servers, "SASL_SSL", authority)
        + line("sasl.mechanism", "SCRAM-SHA-512")
        + line("username", user)
        + line("password-file", password.toString());
  }

  static String certificate(String servers, Path authority, Path keyStore) {
    return begin(servers, "SSL", authority) + line("ssl.keystore.location", keyStore.toString());
  }

  private static String begin(String servers, String protocol, Path authority) {
    return "kafka:\n"
        + line("bootstrap.servers", servers)
        + line("security.protocol", protocol)
        + line("ssl.truststore.location", authority.toString());
  }

  /** In single quotes nothing is special but the single quote. */
  private static String line(String key, String value) {
    return "  " + key + ": '" + value.replace("'", "''") + "'\n";
  }
}
