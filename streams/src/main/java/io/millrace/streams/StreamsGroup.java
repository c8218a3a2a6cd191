package io.millrace.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the brokers give out the work ({@link GroupProtocol#STREAMS}), they also decide how many
 * standby replicas there are and how soon a killed processor is noticed: settings of the group,
 * which this class sets. Brokers refuse a session below their {@code
 * group.streams.min.session.timeout.ms}, which is 45 seconds unless somebody lowered it; the group
 * then has theirs.
 */
final class StreamsGroup {
  private static final Logger log = LoggerFactory.getLogger(StreamsGroup.class);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String STANDBY_REPLICAS = "streams.num.standby.replicas";
  private static final String SESSION_TIMEOUT = "streams.session.timeout.ms";
  private static final String HEARTBEAT_INTERVAL = "streams.heartbeat.interval.ms";

  private StreamsGroup() {}

  /** Sets what the group of an application must have, before any of it joins. */
  static void prepare(StreamsSettings settings) {
    var connection = new HashMap<String, Object>(settings.connection());
    connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    var group = new ConfigResource(ConfigResource.Type.GROUP, settings.applicationId());
    Admin admin = Admin.create(connection);
    try {
      String standbys = Integer.toString(settings.group().standbyReplicas());
      set(admin, group, Map.of(STANDBY_REPLICAS, standbys));
      shortenSession(admin, group);
    } catch (ExecutionException | TimeoutException refused) {
      throw new IllegalStateException(
          "The brokers do not take the settings of a group that they give the work to; the protocol"
              + " \"streams\" needs Kafka 4.2 or newer, \"classic\" does not",
          refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while the group was prepared", stopped);
    } finally {
      admin.close(Duration.ofSeconds(1));
    }
  }

  private static void shortenSession(Admin admin, ConfigResource group)
      throws InterruptedException, TimeoutException {
    var session = Map.of(SESSION_TIMEOUT, "6000", HEARTBEAT_INTERVAL, "1500");
    try {
      set(admin, group, session);
    } catch (ExecutionException tooShort) {
      log.atWarn()
          .addKeyValue("settings", session)
          .addKeyValue("answer", String.valueOf(tooShort.getCause()))
          .log("The brokers' own session holds; a killed processor's work stands still for longer");
    }
  }

  private static void set(Admin admin, ConfigResource group, Map<String, String> settings)
      throws ExecutionException, InterruptedException, TimeoutException {
    Collection<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(
                setting ->
                    new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()),
                        AlterConfigOp.OpType.SET))
            .toList();
    admin
        .incrementalAlterConfigs(Map.of(group, changes))
        .all()
        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
