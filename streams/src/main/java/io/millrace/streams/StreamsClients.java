package io.millrace.streams;

import io.millrace.streams.rollup.AbortedTransactions;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams, whose producers tell when a transaction is aborted.
 *
 * @param usual makes all the others
 * @param aborted is told, by the thread whose transaction it is
 */
record StreamsClients(KafkaClientSupplier usual, AbortedTransactions aborted)
    implements KafkaClientSupplier {

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return usual.getAdmin(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return new TellingProducer(settings, aborted);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    return usual.getConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return usual.getRestoreConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return usual.getGlobalConsumer(settings);
  }

  private static final class TellingProducer extends KafkaProducer<byte[], byte[]> {
    private final AbortedTransactions aborted;

    TellingProducer(Map<String, Object> settings, AbortedTransactions aborted) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
      this.aborted = aborted;
    }

    /** Also where it fails: what was sent is not committed then either. */
    @Override
    public void abortTransaction() {
      aborted.add();
      super.abortTransaction();
    }
  }
}
