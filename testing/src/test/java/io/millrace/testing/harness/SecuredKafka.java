package io.millrace.testing.harness;

import io.millrace.server.broker.BrokerSecurity;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** A local Kafka with TLS, users and an authorizer, as the commands make it. */
public final class SecuredKafka implements AutoCloseable {
  private final SecurityFolder security;
  private final ClientLogin login;
  private final LocalKafka kafka;

  private SecuredKafka(SecurityFolder security, ClientLogin login, LocalKafka kafka) {
    this.security = security;
    this.login = login;
    this.kafka = kafka;
  }

  /** Makes what is missing in the folder, and starts one broker. */
  public static SecuredKafka start(Path folder, ClientLogin login) {
    var security = new SecurityFolder(folder.resolve(SecurityFolder.NAME));
    var _ =
        new SecureInit(security, List.of(), "127.0.0.1:9092", Set.of(), InstantSource.system())
            .run();
    LocalKafkaConfig config =
        LocalKafkaConfig.oneBroker(folder.resolve("kafka"))
            .withHeapMegabytes(256)
            .withStartTimeout(Duration.ofMinutes(4))
            .withSecurity(new BrokerSecurity(security, login));
    return new SecuredKafka(security, login, LocalKafka.start(config));
  }

  public SecurityFolder security() {
    return security;
  }

  public LocalKafka kafka() {
    return kafka;
  }

  /** What a client of a user needs. */
  public Map<String, String> connection(KafkaUser user) {
    return security.connection(user, login, kafka.bootstrapServers());
  }

  /** A client of a user that waits for answers no longer than a busy machine takes. */
  public Admin admin(KafkaUser user) {
    var settings = new HashMap<String, Object>(connection(user));
    settings.put("default.api.timeout.ms", 30_000);
    return Admin.create(settings);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
