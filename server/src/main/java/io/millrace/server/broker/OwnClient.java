package io.millrace.server.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How this program itself asks the Kafka that it runs. A secured one knows it by the certificate of
 * the brokers, on their listener, so it needs no user.
 *
 * @param settings by Kafka's names, with the addresses
 */
record OwnClient(Map<String, String> settings) {

  OwnClient {
    settings = Map.copyOf(settings);
  }

  /** Lets go of a connection, and waits for no answer any longer: some never come. */
  static void close(Admin admin) {
    admin.close(Duration.ofSeconds(1));
  }

  /** Connects, with a bound on each request; to be let go of with {@link #close}. */
  Admin open(int requestMilliseconds) {
    var config = new HashMap<String, Object>(settings);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMilliseconds);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, requestMilliseconds);
    return Admin.create(config);
  }
}
