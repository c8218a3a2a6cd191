package io.millrace.server.instance;

import io.helidon.webserver.http.HttpRouting;
import io.millrace.collector.CollectorService;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.collector.sender.DailySalts;
import io.millrace.collector.sender.SaltFile;
import io.millrace.collector.sender.TopicSalts;
import java.util.HashMap;
import java.util.Optional;

/** The collector's part of a process. */
record CollectorRole(CollectorService service, KafkaClickLog clickLog) {

  /** Connects to the log; requests are taken as soon as the routes are served. */
  static CollectorRole start(Foundation foundation, Parts parts) {
    InstanceConfig config = foundation.config();
    KafkaClickLog clickLog =
        parts.add(
            new KafkaClickLog(
                new HashMap<>(foundation.connection()),
                config.namespace(),
                config.collector().bufferMemory()));
    return new CollectorRole(
        new CollectorService(
            config.collector(),
            foundation.control().directory(),
            clickLog,
            salts(foundation, parts),
            foundation.clock(),
            foundation.registry(),
            Resources.tracker()),
        clickLog);
  }

  /** Why the first events would be refused, as a clause; empty once the log has been reached. */
  Optional<String> obstacle() {
    return clickLog.isReached()
        ? Optional.empty()
        : Optional.of("the collector has not reached the topic of clicks yet");
  }

  /** Those of a Kafka of its own are in a file, since nobody else needs them. */
  private static DailySalts salts(Foundation foundation, Parts parts) {
    return foundation.isShared()
        ? parts.add(TopicSalts.start(foundation.connection(), foundation.config().namespace()))
        : new SaltFile(foundation.folder().resolve("salts"));
  }

  void route(HttpRouting.Builder routing) {
    routing.register(service);
  }
}
