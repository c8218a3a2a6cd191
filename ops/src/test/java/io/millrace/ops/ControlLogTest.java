package io.millrace.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand.DefineView;
import io.millrace.model.control.ControlCommand.RegisterSite;
import io.millrace.model.control.ControlCommandCodec;
import io.millrace.model.control.Site;
import io.millrace.model.control.ViewDefinition;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.ops.OperationsException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What the log does with commands, and how long it waits for a cluster that does not answer. */
class ControlLogTest {
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Namespace NAMESPACE = new Namespace("teamA");
  private static final TopicPartition CONTROL = new TopicPartition("teamA.control", 0);
  private static final RegisterSite SHOP = new RegisterSite(new SiteId("shop.example"), "Shop");
  private static final RegisterSite BLOG = new RegisterSite(new SiteId("blog.example"), "Blog");

  private final FakeTopic topic = new FakeTopic();

  @Test
  void whatTheLogHoldsIsKnownOnceItIsOpen() {
    // Given
    topic.hold(ControlCommandCodec.encode(SHOP));
    topic.hold("not a command".getBytes(StandardCharsets.UTF_8));
    topic.hold(ControlCommandCodec.encode(BLOG));

    // When
    try (ControlLog log = open(topic.producer(), LONG)) {

      // Then
      assertThat(log.directory().sites())
          .containsExactly(new Site(BLOG.site(), "Blog"), new Site(SHOP.site(), "Shop"));
    }
  }

  @Test
  void aLogWhoseEndIsNotReachedDoesNotOpen() {
    // Given
    topic.pretendToHold(1);
    long start = System.nanoTime();

    // When
    var failure =
        catchThrowableOfType(OperationsException.class, () -> open(topic.producer(), PATIENCE));

    // Then
    assertThat(failure.code()).isEqualTo(Code.CLUSTER_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("teamA.control");
    assertThat(since(start)).isLessThan(LONG);
  }

  @Test
  void aCommandHasItsEffectWhenItIsAppended() {
    try (ControlLog log = open(topic.producer(), LONG)) {
      log.append(SHOP);

      assertThat(log.directory().site(SHOP.site())).contains(new Site(SHOP.site(), "Shop"));
    }
  }

  @Test
  void aViewIsDefinedWhenTheCommandIsAppended() {
    var pages = new ViewGeneration("my_pages", 7);
    try (ControlLog log = open(topic.producer(), LONG)) {
      log.append(new DefineView(pages, "any text", ViewStart.EARLIEST));

      assertThat(log.views().known().definition(pages).map(ViewDefinition::text))
          .contains("any text");
      assertThat(log.views().version()).isEqualTo(1);
    }
  }

  @Test
  void aCommandThatDoesNotComeBackIsWaitedForNoLongerThanPromised() {
    // Given
    topic.loseWhatIsWritten();
    try (ControlLog log = open(topic.producer(), PATIENCE)) {
      long start = System.nanoTime();

      // When Then
      assertThatThrownBy(() -> log.append(SHOP))
          .isInstanceOf(OperationsException.class)
          .hasMessageContaining("was written to teamA.control and has not come back");
      assertThat(since(start)).isLessThan(LONG);
    }
  }

  @Test
  void aSilentBrokerIsWaitedForNoLongerThanPromised() {
    // Given
    try (ControlLog log = open(mockProducer(false), PATIENCE)) {
      long start = System.nanoTime();

      // When Then
      assertThatThrownBy(() -> log.append(SHOP))
          .isInstanceOf(OperationsException.class)
          .hasMessageContaining("could not be written to teamA.control");
      assertThat(since(start)).isLessThan(LONG);
    }
  }

  @Test
  void aProducerThatFindsNoBrokerGivesUpWithinThePromise() throws IOException {
    // Given
    var connection = Map.of("bootstrap.servers", "127.0.0.1:" + unusedPort());
    try (ControlLog log = open(new LogClients(connection).producer(PATIENCE), PATIENCE)) {
      long start = System.nanoTime();

      // When Then
      assertThatThrownBy(() -> log.append(SHOP))
          .isInstanceOf(OperationsException.class)
          .hasMessageContaining("could not be written to teamA.control");
      assertThat(since(start)).isLessThan(LONG);
    }
  }

  @Test
  void aRefusalOfTheClusterIsThisModulesFailure() {
    // Given
    var producer = mockProducer(true);
    producer.sendException = new TopicAuthorizationException("not allowed");
    try (ControlLog log = open(producer, LONG)) {

      // When Then
      assertThatThrownBy(() -> log.append(SHOP))
          .isInstanceOf(OperationsException.class)
          .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  private ControlLog open(Producer<byte[], byte[]> producer, Duration patience) {
    return ControlLog.open(topic.consumer, producer, NAMESPACE, patience);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void tellsThatItFollowsNoLonger() throws InterruptedException {
    try (ControlLog log = open(topic.producer(), LONG)) {
      assertThat(log.isFollowing()).isTrue();

      // When
      topic.consumer.setPollException(new KafkaException("taken away"));

      // Then
      long deadline = System.nanoTime() + LONG.toNanos();
      while (log.isFollowing() && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      assertThat(log.isFollowing()).isFalse();
    }
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static MockProducer<byte[], byte[]> mockProducer(boolean acknowledging) {
    return new MockProducer<>(
        Cluster.empty(),
        acknowledging,
        new RoundRobinPartitioner(),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** A topic of one partition: what its producer writes, its consumer reads. */
  private static final class FakeTopic {
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private long end;
    private boolean losing;

    FakeTopic() {
      consumer.updateBeginningOffsets(Map.of(CONTROL, 0L));
      consumer.updateEndOffsets(Map.of(CONTROL, 0L));
    }

    void hold(byte[] value) {
      deliver(value, end);
      pretendToHold(end + 1);
    }

    void pretendToHold(long records) {
      end = records;
      consumer.updateEndOffsets(Map.of(CONTROL, records));
    }

    void loseWhatIsWritten() {
      losing = true;
    }

    Producer<byte[], byte[]> producer() {
      return new MockProducer<>(
          Cluster.empty(),
          true,
          new RoundRobinPartitioner(),
          new ByteArraySerializer(),
          new ByteArraySerializer()) {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
          if (!losing) {
            deliver(record.value(), end++);
          }
          return super.send(record);
        }
      };
    }

    private void deliver(byte[] value, long offset) {
      var record = new ConsumerRecord<>(CONTROL.topic(), 0, offset, new byte[0], value);
      // A record can be given only to a consumer that has its partition.
      consumer.schedulePollTask(() -> consumer.addRecord(record));
    }
  }
}
