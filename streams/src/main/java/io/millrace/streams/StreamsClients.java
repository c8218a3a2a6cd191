package io.millrace.streams;

import io.millrace.streams.rollup.TransactionWatch;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams, whose producers tell when a transaction ends.
 *
 * @param usual makes the others; producers are made here
 * @param transactions is told, by the thread whose transaction it is
 */
record StreamsClients(KafkaClientSupplier usual, TransactionWatch transactions)
    implements KafkaClientSupplier {

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return usual.getAdmin(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return new TellingProducer(settings, transactions);
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
    private final TransactionWatch transactions;

    TellingProducer(Map<String, Object> settings, TransactionWatch transactions) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
      this.transactions = transactions;
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      transactions.commit();
    }

    /** Also where it fails: what was sent is not committed then either. */
    @Override
    public void abortTransaction() {
      transactions.abort();
      super.abortTransaction();
    }
  }
}
