package io.millrace.server.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster still believes of a broker that was killed: that it runs, at its former address,
 * and leads its partitions. It is taken back before the broker starts again, by its controller
 * alone.
 *
 * <p>Left to Kafka 4.3, the starting broker believes it too. As coordinator it goes on marking the
 * transactions that were decided before the kill, at its former address, where nobody answers; then
 * the cluster learns that the address is void, for a moment no partition has a leader, and the
 * coordinator takes a partition without a leader for a deleted one and leaves its mark out
 * (KRaftMetadataCache.getPartitionLeaderEndpoint has no answer then, which
 * TransactionMarkerChannelManager takes for a deletion). A commit without its mark is a commit lost
 * in that partition, or one that blocks its readers for good.
 */
final class FormerRegistration {
  private static final Logger log = LoggerFactory.getLogger(FormerRegistration.class);

  /** Kafka writes it when it has closed its logs in an orderly way, and deletes it at the start. */
  private static final String CLEAN_STOP = ".kafka_cleanshutdown";

  private static final String METADATA_LOG = "__cluster_metadata-0";

  /** With two of three voters away there is nobody to tell; they will be told at their start. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int REQUEST_MILLISECONDS = 3_000;

  /** Settings that only a broker may have. */
  private static final Set<String> OF_BROKER =
      Set.of("advertised.listeners", "inter.broker.listener.name", "broker.rack");

  private FormerRegistration() {}

  /** Whether the broker of this folder has run before and was not stopped in an orderly way. */
  static boolean isLeftIn(Path dataFolder) {
    return Files.exists(dataFolder.resolve(METADATA_LOG))
        && !Files.exists(dataFolder.resolve(CLEAN_STOP));
  }

  /**
   * Takes it back. A cluster that cannot agree on it in time is left as it is, and the broker
   * starts all the same. A controller that cannot start is thrown: the broker has the same port and
   * folder for it and could not start either, and in one process a second one is not started after
   * a first that failed half way.
   *
   * @param settings of the broker, by Kafka's names
   */
  static void takeBack(Properties settings) throws InterruptedException {
    int broker = Integer.parseInt(settings.getProperty("node.id"));
    var controller = new KafkaRaftServer(controllerAlone(settings), Time.SYSTEM);
    controller.startup();
    Admin admin = Admin.create(toControllers(settings));
    try {
      unregister(admin, broker);
    } finally {
      OwnClient.close(admin);
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static void unregister(Admin admin, int broker) throws InterruptedException {
    try {
      admin.unregisterBroker(broker).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      log.atInfo()
          .addKeyValue("broker", broker)
          .log("Took back the registration of a killed broker");
    } catch (ExecutionException refused) {
      if (!(refused.getCause() instanceof BrokerIdNotRegisteredException)) {
        warn(broker, refused);
      }
    } catch (TimeoutException late) {
      warn(broker, late);
    }
  }

  private static void warn(int broker, Exception cause) {
    log.atWarn()
        .addKeyValue("broker", broker)
        .setCause(cause)
        .log("Could not take back the registration of a killed broker");
  }

  private static KafkaConfig controllerAlone(Properties settings) {
    var alone = new Properties();
    settings.forEach(
        (key, value) -> {
          if (!OF_BROKER.contains(key.toString())) {
            alone.put(key, value);
          }
        });
    alone.put("process.roles", "controller");
    alone.put("listeners", controllerListener(settings));
    return new KafkaConfig(alone, false);
  }

  private static String controllerListener(Properties settings) {
    for (String listener : settings.getProperty("listeners").split(",", -1)) {
      if (listener.startsWith("CONTROLLER://")) {
        return listener;
      }
    }
    throw new IllegalArgumentException("listeners: none is CONTROLLER");
  }

  private static Map<String, Object> toControllers(Properties settings) {
    String controllers = settings.getProperty("controller.quorum.voters").replaceAll("\\d+@", "");
    var client = new HashMap<String, Object>();
    client.put(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controllers);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLISECONDS);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    if (settings.getProperty("listener.security.protocol.map", "").contains("CONTROLLER:SSL")) {
      client.put("security.protocol", "SSL");
      settings.forEach(
          (key, value) -> {
            if (key.toString().startsWith("ssl.")) {
              client.put(key.toString(), value);
            }
          });
    }
    return client;
  }
}
