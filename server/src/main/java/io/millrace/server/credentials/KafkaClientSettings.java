package io.millrace.server.credentials;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a client trusts a cluster and says who it is, by Kafka's names. Pure. */
final class KafkaClientSettings {
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";

  private KafkaClientSettings() {}

  /** The password stands in them: they are for a client or a file of its owner, never for a log. */
  static Map<String, String> scram(Path authority, String user, String password) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", "SASL_SSL");
    trust(settings, authority);
    settings.put("sasl.mechanism", "SCRAM-SHA-512");
    settings.put(
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";".formatted(LOGIN_MODULE, user, password));
    return settings;
  }

  static Map<String, String> certificate(Path authority, Path keyStore) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", "SSL");
    trust(settings, authority);
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.location", keyStore.toString());
    return settings;
  }

  private static void trust(Map<String, String> settings, Path authority) {
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", authority.toString());
  }
}
