package io.millrace.testing.faults;

import io.millrace.server.fault.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * One fault under load: what happened to the records and for how long partitions stood still.
 *
 * @param fault what it was
 * @param verdict the ledger against the log
 * @param failures how many records the producer gave up
 * @param gap the longest time without an acknowledgement in a partition, while the fault was there
 * @param gapAfter the same, from its healing on
 * @param inSync how long after the healing all replicas were in sync
 * @param latency how long all but one in a thousand records waited
 */
record FaultTrial(
    String fault,
    LedgerVerdict verdict,
    long failures,
    Duration gap,
    Duration gapAfter,
    Duration inSync,
    Duration latency) {

  private static final int BEFORE = 3_000;
  private static final int AFTER = 3_000;

  /**
   * Does it.
   *
   * @param fault makes the fault for the topic that is written to
   * @param held for how long it stays
   */
  static FaultTrial run(
      HostedKafka kafka, Map<String, Object> safety, Function<String, Fault> fault, Duration held)
      throws ExecutionException, InterruptedException {
    String topic = kafka.newTopic();
    AckLedger ledger;
    String description;
    long injected;
    long healed;
    Duration inSync;
    try (AckedProducer producer = AckedProducer.start(kafka, topic, safety);
        Fault planned = fault.apply(topic)) {
      ledger = producer.ledger();
      description = planned.description();
      producer.awaitMore(BEFORE);
      injected = System.nanoTime();
      planned.inject();
      // What is measured is what happens in this time.
      Thread.sleep(held);
      healed = System.nanoTime();
      planned.heal();
      kafka.awaitFullIsr(topic);
      inSync = Duration.ofNanos(System.nanoTime() - healed);
      producer.awaitMore(AFTER);
    }
    var trial =
        new FaultTrial(
            description,
            LedgerVerdict.of(ledger, kafka.bootstrapServers(), topic),
            ledger.failures(),
            ledger.longestGap(injected - Duration.ofMillis(100).toNanos(), healed),
            ledger.longestGap(healed, System.nanoTime()),
            inSync,
            ledger.waitOfAllBut(0.001));
    System.out.println(trial.row());
    return trial;
  }

  static String header() {
    return "| fault | acknowledged | lost | doubled | longest gap | gap after healing | in sync"
        + " after | p99.9 |\n"
        + "|---|---|---|---|---|---|---|---|";
  }

  /** A line of a table. */
  String row() {
    return "| %s | %,d | %,d | %,d | %s | %s | %s | %s |"
        .formatted(
            fault,
            verdict.acknowledged(),
            verdict.lost(),
            verdict.doubled(),
            seconds(gap),
            seconds(gapAfter),
            seconds(inSync),
            seconds(latency));
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1_000.0);
  }
}
