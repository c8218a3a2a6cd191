package io.millrace.collector.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.log.AppendResult.Cause;
import io.millrace.collector.log.AppendResult.Unavailable;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log's patience and bounds where no broker answers, and its records where one does. */
class KafkaClickLogTest {
  private static final Duration PATIENCE = Duration.ofMillis(3_800);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final long BUFFER = 1024 * 1024;

  @Test
  void aBrokerThatIsAwayCostsNoMoreThanThePatience() throws IOException {
    // Given
    long start = System.nanoTime();
    KafkaClickLog log = logAt(unusedPort());

    // When
    AppendResult one = log.append(List.of(event(0)), PATIENCE);
    AppendResult many = log.append(Collections.nCopies(2_500, event(1)), PATIENCE);
    Duration appending = since(start);
    log.close();

    // Then
    assertThat(one).isEqualTo(new Unavailable(Cause.LATE));
    assertThat(many).isEqualTo(new Unavailable(Cause.LATE));
    assertThat(appending).isLessThan(Duration.ofSeconds(4));
    assertThat(since(start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @Timeout(60)
  void isReachedOnceEachPartitionHasALeader() throws InterruptedException {
    // Given
    var asked = new CountDownLatch(3);
    var topics = new AtomicReference<List<PartitionInfo>>(List.of());
    var producer =
        new MockProducer<>(
            Cluster.empty(),
            true,
            new RoundRobinPartitioner(),
            new ByteArraySerializer(),
            new ByteArraySerializer()) {
          @Override
          public List<PartitionInfo> partitionsFor(String topic) {
            asked.countDown();
            return topics.get();
          }
        };
    try (var log = new KafkaClickLog(() -> producer, PAUSE, Namespace.DEFAULT)) {
      // When
      topics.set(List.of(partition(Node.noNode()), partition(null)));
      asked.await();

      // Then
      assertThat(log.isReached()).isFalse();

      // When
      topics.set(List.of(partition(Node.noNode())));

      // Then
      while (!log.isReached()) {
        Thread.sleep(1);
      }
    }
  }

  private static PartitionInfo partition(@Nullable Node leader) {
    return new PartitionInfo("click-events", 0, leader, new Node[0], new Node[0]);
  }

  @Test
  void aBrokerThatAcceptsConnectionsAndSaysNothingIsNoBetter() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KafkaClickLog log = logAt(silent.getLocalPort())) {
      long start = System.nanoTime();

      assertThat(log.append(List.of(event(0)), PATIENCE)).isInstanceOf(Unavailable.class);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void acknowledgedEventsAreRecordsOfTheirVisitorAndTime() {
    // Given
    var producer = producer(true);
    var log = new KafkaClickLog(() -> producer, PAUSE, new Namespace("teamA"));

    // When
    AppendResult result = log.append(List.of(event(1), event(2)), PATIENCE);

    // Then
    assertThat(result).isEqualTo(new AppendResult.Acknowledged());
    ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
    assertThat(record.topic()).isEqualTo("teamA.click-events");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("shop.example/visitor");
    assertThat(record.timestamp()).isEqualTo(1_001L);
    assertThat(ClickEventCodec.decode(record.value()).orThrow()).isEqualTo(event(1));
    log.close();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void oneEventThatIsNotAcknowledgedMakesTheRequestUnavailable() throws InterruptedException {
    // Given
    var producer = producer(false);
    var log = new KafkaClickLog(() -> producer, PAUSE, Namespace.DEFAULT);
    Thread broker =
        Thread.startVirtualThread(
            () -> {
              while (producer.history().size() < 2) {
                Thread.onSpinWait();
              }
              producer.completeNext();
              producer.errorNext(new NotEnoughReplicasException("one is away"));
            });

    // When
    AppendResult result = log.append(List.of(event(1), event(2)), PATIENCE);

    // Then
    broker.join();
    assertThat(result).isEqualTo(new Unavailable(Cause.FAILED));
  }

  @Test
  void aSilentBrokerIsWaitedForNoLongerThanAsked() {
    var log = new KafkaClickLog(() -> producer(false), PAUSE, Namespace.DEFAULT);

    assertThat(log.append(List.of(event(1)), Duration.ofMillis(600)))
        .isEqualTo(new Unavailable(Cause.LATE));
  }

  @Test
  void manyRequestsAtOnceAreAllAnsweredInTime() throws Exception {
    try (KafkaClickLog log = logAt(unusedPort());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<AppendResult>> results =
          threads.invokeAll(
              Collections.nCopies(
                  300, () -> log.append(Collections.nCopies(100, event(1)), PATIENCE)));

      for (Future<AppendResult> result : results) {
        assertThat(result.get()).isInstanceOf(Unavailable.class);
      }
      assertThat(since(start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aProducerThatCannotGoOnIsReplaced() throws InterruptedException {
    // Given
    var broken = producer(false);
    var producers = new ArrayDeque<>(List.of(broken, producer(true)));
    var log = new KafkaClickLog(producers::removeFirst, PAUSE, Namespace.DEFAULT);
    Thread broker =
        Thread.startVirtualThread(
            () -> {
              while (!broken.errorNext(new ClusterAuthorizationException("taken away"))) {
                Thread.onSpinWait();
              }
            });

    // When
    AppendResult first = log.append(List.of(event(1)), PATIENCE);
    broker.join();
    while (!broken.closed()) {
      Thread.sleep(1);
    }

    // Then
    assertThat(first).isEqualTo(new Unavailable(Cause.FAILED));
    assertThat(log.append(List.of(event(1)), PATIENCE)).isEqualTo(new AppendResult.Acknowledged());
  }

  @Test
  void whatTheCollectorPromisesCannotBeConfiguredAway() {
    assertThat(
            ProducerSettings.of(
                Map.of("acks", "0", "enable.idempotence", false, "client.id", "mine"), BUFFER))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("client.id", "mine")
        .containsEntry("buffer.memory", BUFFER);
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledging) {
    return new MockProducer<>(
        Cluster.empty(),
        acknowledging,
        new RoundRobinPartitioner(),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static KafkaClickLog logAt(int port) {
    return new KafkaClickLog(
        Map.of("bootstrap.servers", "127.0.0.1:" + port), Namespace.DEFAULT, BUFFER);
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static ClickEvent event(int number) {
    long time = 1_000L + number;
    return new ClickEvent(
        "e" + number,
        new SiteId("shop.example"),
        new VisitorId("visitor"),
        EventType.PAGE,
        "",
        "https://shop.example/",
        "",
        "",
        "",
        "",
        time,
        0,
        0,
        time,
        "192.0.2.0",
        "agent",
        "",
        "",
        "",
        false);
  }
}
