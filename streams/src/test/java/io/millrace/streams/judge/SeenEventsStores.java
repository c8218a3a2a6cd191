package io.millrace.streams.judge;

import io.millrace.streams.InMemoryStore;
import io.millrace.streams.visitor.VisitorStates;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** Kafka Streams' own stores, in memory, for what remembers events. */
final class SeenEventsStores implements AutoCloseable {
  private final KeyValueStore<byte[], byte[]> visitors = InMemoryStore.open("visitors");
  final KeyValueStore<byte[], byte[]> furtherEvents = InMemoryStore.open("further");

  private VisitorStates states = new VisitorStates(visitors);

  /** The visitors, with all that has changed, as after a commit. */
  KeyValueStore<byte[], byte[]> written() {
    states.writeChanged();
    return visitors;
  }

  /** As after a start of the process: everything but the stores is gone. */
  StoredSeenEvents restarted(JudgeConfig config) {
    written();
    states = new VisitorStates(visitors);
    return new StoredSeenEvents(config, states, furtherEvents);
  }

  static int size(KeyValueStore<byte[], byte[]> store) {
    return values(store).size();
  }

  static List<byte[]> values(KeyValueStore<byte[], byte[]> store) {
    return InMemoryStore.values(store);
  }

  @Override
  public void close() {
    visitors.close();
    furtherEvents.close();
  }
}
