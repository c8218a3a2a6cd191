package io.millrace.streams.judge;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' own stores, in memory, for what remembers events. */
final class SeenEventsStores implements AutoCloseable {
  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  final KeyValueStore<byte[], byte[]> visitors = open("visitors");
  final KeyValueStore<byte[], byte[]> furtherEvents = open("further");

  private KeyValueStore<byte[], byte[]> open(String name) {
    KeyValueStore<byte[], byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  /** As after a start of the process: everything but the stores is gone. */
  StoredSeenEvents restarted(JudgeConfig config) {
    return new StoredSeenEvents(config, visitors, furtherEvents);
  }

  static int size(KeyValueStore<byte[], byte[]> store) {
    return values(store).size();
  }

  static List<byte[]> values(KeyValueStore<byte[], byte[]> store) {
    var values = new ArrayList<byte[]>();
    try (KeyValueIterator<byte[], byte[]> entries = store.all()) {
      entries.forEachRemaining(entry -> values.add(entry.value));
    }
    return values;
  }

  @Override
  public void close() {
    visitors.close();
    furtherEvents.close();
  }
}
