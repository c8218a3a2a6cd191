package io.millrace.testing.faults;

import io.millrace.testing.harness.TopicReader;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A ledger against the log.
 *
 * @param acknowledged how many records were acknowledged
 * @param lost how many of these the log does not have
 * @param doubled how many records the log has that it had before
 * @param missingSum the sum of the acknowledged ids less the sum of these in the log, each as often
 *     as it is there: not 0 also where a lost one and a doubled one make up the count
 */
record LedgerVerdict(long acknowledged, long lost, long doubled, long missingSum) {

  static LedgerVerdict of(AckLedger ledger, String bootstrapServers, String topic) {
    BitSet expected = ledger.ids();
    BitSet found = new BitSet();
    long doubled = 0;
    long sum = expected.stream().asLongStream().sum();
    for (ConsumerRecord<byte[], byte[]> record : new TopicReader(bootstrapServers).records(topic)) {
      int id = ByteBuffer.wrap(record.value()).getInt();
      doubled += found.get(id) ? 1 : 0;
      found.set(id);
      sum -= expected.get(id) ? id : 0;
    }
    BitSet lost = ledger.ids();
    lost.andNot(found);
    return new LedgerVerdict(expected.cardinality(), lost.cardinality(), doubled, sum);
  }

  boolean isExact() {
    return lost == 0 && doubled == 0 && missingSum == 0;
  }
}
