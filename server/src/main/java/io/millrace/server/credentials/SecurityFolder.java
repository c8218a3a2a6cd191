package io.millrace.server.credentials;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where certificates, users and secrets of one cluster are. Each file stands for itself, so that
 * each machine can be given what its role needs and nothing else.
 *
 * <pre>
 *   ca.pem                     the authority's certificate: public, everybody needs it
 *   ca.key                     what signs new certificates; belongs on no other machine
 *   broker.pem                 key and certificates of the brokers
 *   http.pem, http.key         certificates and key of the HTTP server
 *   cluster-secret             what instances know each other by
 *   users/NAME/                of each user:
 *     password                   of SCRAM
 *     certificate.pem            key and certificates, for a Kafka that wants those
 *     kafka.properties           the settings of any Kafka client
 *     kafka.yaml                 the section {@code kafka} of millrace.yaml
 *     kafka-certificate.yaml     the same for a Kafka that wants certificates
 * </pre>
 */
public record SecurityFolder(Path path) {
  /** The name by which a data folder has it. */
  public static final String NAME = "security";

  /** The common name in the certificate of the brokers; no user's. */
  public static final String BROKER_NAME = "millrace-broker";

  public SecurityFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The certificate of the authority. */
  public Path authority() {
    return path.resolve("ca.pem");
  }

  Path authorityKey() {
    return path.resolve("ca.key");
  }

  /** Key and certificates of the brokers, in one. */
  public Path broker() {
    return path.resolve("broker.pem");
  }

  /** The certificates of the HTTP server, its own first. */
  public Path http() {
    return path.resolve("http.pem");
  }

  /** The key of the HTTP server, PKCS#8. */
  public Path httpKey() {
    return path.resolve("http.key");
  }

  /** What instances show each other. */
  public Path clusterSecret() {
    return path.resolve("cluster-secret");
  }

  Path userFolder(KafkaUser user) {
    return path.resolve("users").resolve(user.userName());
  }

  Path password(KafkaUser user) {
    return userFolder(user).resolve("password");
  }

  Path certificate(KafkaUser user) {
    return userFolder(user).resolve("certificate.pem");
  }

  /** The settings of any Kafka client of a user, as Kafka's own tools read them. */
  public Path properties(KafkaUser user) {
    return userFolder(user).resolve("kafka.properties");
  }

  /** The section {@code kafka} of {@code millrace.yaml} of a user who logs in this way. */
  public Path yaml(KafkaUser user, ClientLogin login) {
    return userFolder(user)
        .resolve(
            switch (login) {
              case SCRAM -> "kafka.yaml";
              case CERTIFICATE -> "kafka-certificate.yaml";
            });
  }

  /** The passwords of all users, to be given to a cluster. */
  public Map<KafkaUser, String> passwords() {
    Map<KafkaUser, String> passwords = new LinkedHashMap<>();
    for (KafkaUser user : KafkaUser.values()) {
      passwords.put(user, read(password(user)).strip());
    }
    return passwords;
  }

  /**
   * What a client of a user needs to reach the cluster, by Kafka's names.
   *
   * @throws ServerException when the folder has no such user
   */
  public Map<String, String> connection(KafkaUser user, ClientLogin login, String servers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", servers);
    switch (login) {
      case SCRAM ->
          settings.putAll(
              KafkaClientSettings.scram(
                  authority(), user.userName(), read(password(user)).strip()));
      case CERTIFICATE ->
          settings.putAll(KafkaClientSettings.certificate(authority(), certificate(user)));
    }
    return settings;
  }

  /** What brokers need to connect to each other, by Kafka's names; the addresses are left out. */
  public Map<String, String> amongBrokers() {
    return KafkaClientSettings.certificate(authority(), broker());
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.SECURITY,
          "Cannot read %s. Make it with: millrace secure init".formatted(file),
          problem);
    }
  }
}
