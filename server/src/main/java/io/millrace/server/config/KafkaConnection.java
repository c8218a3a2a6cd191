package io.millrace.server.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How to reach and to log in to a Kafka cluster. What is printed of it shows no secret. */
public final class KafkaConnection {
  private static final String JAAS = "sasl.jaas.config";

  private final Map<String, String> settings;

  private KafkaConnection(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Brokers that ask nobody who they are, over a network that is not encrypted. */
  public static KafkaConnection to(String bootstrapServers) {
    return of(Map.of(KafkaSetting.BOOTSTRAP_SERVERS.key(), bootstrapServers));
  }

  /**
   * From settings by Kafka's names, {@code username} and {@code password}.
   *
   * @throws IllegalArgumentException with every problem on a line of its own, each beginning with
   *     its key
   */
  public static KafkaConnection of(Map<String, String> given) {
    return new KafkaConnection(new KafkaConnectionReader(given).read());
  }

  /** What any client needs, by Kafka's names; it has secrets. */
  public Map<String, String> toMap() {
    return settings;
  }

  public String bootstrapServers() {
    return settings.getOrDefault(KafkaSetting.BOOTSTRAP_SERVERS.key(), "");
  }

  /** Whether the way to the brokers is encrypted. */
  public boolean isEncrypted() {
    return settings
        .getOrDefault(KafkaSetting.SECURITY_PROTOCOL.key(), KafkaConnectionReader.PLAINTEXT)
        .endsWith("SSL");
  }

  private static boolean isSecret(String key) {
    return key.equals(JAAS) || KafkaSetting.of(key).map(KafkaSetting::isSecret).orElse(true);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaConnection connection && settings.equals(connection.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(settings)
        .entrySet().stream()
            .map(
                setting ->
                    setting.getKey()
                        + '='
                        + (isSecret(setting.getKey()) ? Secret.MASK : setting.getValue()))
            .collect(Collectors.joining(", ", "KafkaConnection[", "]"));
  }
}
