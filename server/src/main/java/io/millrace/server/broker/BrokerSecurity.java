package io.millrace.server.broker;

import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecurityFolder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a local Kafka is secured: TLS on every listener, brokers and controllers know each other by
 * certificate, clients log in, and nobody may do what no rule allows.
 *
 * @param folder with certificates and users
 * @param login how clients say who they are
 */
public record BrokerSecurity(SecurityFolder folder, ClientLogin login) {

  /** The certificate of the brokers, and the owner, may do everything. */
  private static final String SUPER_USERS =
      "User:CN=" + SecurityFolder.BROKER_NAME + ";" + KafkaUser.OWNER.principal();

  /**
   * Settings beside those of a Kafka without; addresses are not among them.
   *
   * <p>Of a certificate Kafka takes the whole name for the user, so that no user of the client
   * listener can be taken for a broker. There the common name is the user.
   */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.location", folder.broker().toString());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", folder.authority().toString());
    settings.put("listener.name.broker.ssl.client.auth", "required");
    settings.put("listener.name.controller.ssl.client.auth", "required");
    switch (login) {
      case SCRAM -> {
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
            "listener.name.client.scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;");
      }
      case CERTIFICATE -> {
        settings.put("listener.name.client.ssl.client.auth", "required");
        settings.put(
            "listener.name.client.ssl.principal.mapping.rules", "RULE:^CN=([a-z-]+)$/$1/,DEFAULT");
      }
    }
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", SUPER_USERS);
    settings.put("allow.everyone.if.no.acl.found", "false");
    return settings;
  }

  /** By listener, what is spoken there. */
  String protocols() {
    String clients =
        switch (login) {
          case SCRAM -> "SASL_SSL";
          case CERTIFICATE -> "SSL";
        };
    return "BROKER:SSL,CONTROLLER:SSL,CLIENT:" + clients;
  }
}
