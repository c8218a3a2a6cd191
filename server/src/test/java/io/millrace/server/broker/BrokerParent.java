package io.millrace.server.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Runs in a process of its own: starts a local Kafka, prints the process id of its broker, and
 * waits to be killed.
 */
final class BrokerParent {

  private BrokerParent() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (LocalKafka kafka = TestKafka.start(LocalKafkaConfig.oneBroker(Path.of(arguments[0])))) {
      System.out.println(kafka.processIds().getFirst());
      new CountDownLatch(1).await();
    }
  }
}
