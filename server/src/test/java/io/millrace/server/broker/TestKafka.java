package io.millrace.server.broker;

import java.time.Duration;
import java.util.List;

/** Starts local brokers that compile quickly rather than well: in a test they live for seconds. */
final class TestKafka {

  private TestKafka() {}

  static LocalKafka start(LocalKafkaConfig config) {
    return start(config, Hosting.HERE);
  }

  static LocalKafka start(LocalKafkaConfig config, Hosting hosting) {
    List<String> flags = List.of("-XX:TieredStopAtLevel=1");
    return LocalKafka.start(
        config,
        hosting,
        new BrokerCommand(
            JavaProgram.current(), config.heapMegabytes(), flags, Duration.ofSeconds(15)));
  }
}
