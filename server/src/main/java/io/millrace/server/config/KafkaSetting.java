package io.millrace.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of Kafka's clients that may be given, by Kafka's names, and two of our own. Whoever
 * writes the settings of a client can make it load classes, read files and call addresses
 * (CVE-2025-27817, CVE-2025-27818); and some decide what Millrace promises. So what is not listed
 * is refused.
 */
enum KafkaSetting {
  BOOTSTRAP_SERVERS("bootstrap.servers", Kind.PLAIN),
  SECURITY_PROTOCOL("security.protocol", Kind.PLAIN),
  SASL_MECHANISM("sasl.mechanism", Kind.PLAIN),
  /** Ours: with the password it becomes the entry of JAAS. */
  USERNAME("username", Kind.OURS),
  PASSWORD("password", Kind.OUR_SECRET),
  TRUSTSTORE_TYPE("ssl.truststore.type", Kind.PLAIN),
  TRUSTSTORE_LOCATION("ssl.truststore.location", Kind.PLAIN),
  TRUSTSTORE_PASSWORD("ssl.truststore.password", Kind.SECRET),
  TRUSTSTORE_CERTIFICATES("ssl.truststore.certificates", Kind.PLAIN),
  KEYSTORE_TYPE("ssl.keystore.type", Kind.PLAIN),
  KEYSTORE_LOCATION("ssl.keystore.location", Kind.PLAIN),
  KEYSTORE_PASSWORD("ssl.keystore.password", Kind.SECRET),
  KEYSTORE_CHAIN("ssl.keystore.certificate.chain", Kind.PLAIN),
  KEYSTORE_KEY("ssl.keystore.key", Kind.SECRET),
  KEY_PASSWORD("ssl.key.password", Kind.SECRET),
  REQUEST_TIMEOUT("request.timeout.ms", Kind.PLAIN),
  SETUP_TIMEOUT("socket.connection.setup.timeout.ms", Kind.PLAIN),
  SETUP_TIMEOUT_MOST("socket.connection.setup.timeout.max.ms", Kind.PLAIN),
  IDLE("connections.max.idle.ms", Kind.PLAIN),
  RECONNECT_BACKOFF("reconnect.backoff.ms", Kind.PLAIN),
  RECONNECT_BACKOFF_MOST("reconnect.backoff.max.ms", Kind.PLAIN),
  RETRY_BACKOFF("retry.backoff.ms", Kind.PLAIN),
  RETRY_BACKOFF_MOST("retry.backoff.max.ms", Kind.PLAIN),
  METADATA_AGE("metadata.max.age.ms", Kind.PLAIN),
  DNS_LOOKUP("client.dns.lookup", Kind.PLAIN),
  SEND_BUFFER("send.buffer.bytes", Kind.PLAIN),
  RECEIVE_BUFFER("receive.buffer.bytes", Kind.PLAIN);

  private static final Set<String> PROMISES =
      Set.of(
          "acks",
          "enable.idempotence",
          "max.in.flight.requests.per.connection",
          "retries",
          "delivery.timeout.ms",
          "transactional.id",
          "transaction.timeout.ms",
          "isolation.level",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "enable.auto.commit",
          "auto.offset.reset",
          "application.id",
          "processing.guarantee",
          "compression.type",
          "max.block.ms",
          "client.id");

  private enum Kind {
    PLAIN,
    SECRET,
    OURS,
    OUR_SECRET
  }

  private final String key;
  private final Kind kind;

  KafkaSetting(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  /** As it is written below {@code kafka}. */
  String key() {
    return key;
  }

  boolean isSecret() {
    return kind == Kind.SECRET || kind == Kind.OUR_SECRET;
  }

  /** Whether clients know it by this name. */
  boolean isKafkas() {
    return kind != Kind.OURS && kind != Kind.OUR_SECRET;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(KafkaSetting::key).toList();
  }

  static Optional<KafkaSetting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** Why a key that is not listed is refused. */
  static String refusal(String key) {
    if (key.equals("sasl.jaas.config")) {
      return "is refused: it could name any class; give username and password instead";
    }
    if (key.startsWith("sasl.oauthbearer") || key.startsWith("sasl.login")) {
      return "is refused: it could make Kafka's client read any file or call any address";
    }
    if (key.endsWith(".class")
        || key.endsWith(".classes")
        || key.endsWith(".reporters")
        || key.endsWith(".providers")
        || key.endsWith("interceptors")) {
      return "is refused: it names a class to load";
    }
    if (key.equals("ssl.endpoint.identification.algorithm")) {
      return "is refused: that a broker is who it says is always checked";
    }
    if (PROMISES.contains(key)) {
      return "is refused: Millrace sets it, to hold what it promises";
    }
    return "no such setting of a connection to Kafka"
        + NearestKey.to(key, keys())
            .map(near -> "; did you mean " + near + "?")
            .orElse(", or not one that may be given");
  }
}
