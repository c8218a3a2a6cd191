package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streams.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class NumberedStoreTest {
  private static final byte[] FIRST = {0};
  private static final byte[] LAST = {(byte) 0xFF};
  private static final byte[] VALUE = {7};

  private final KeyValueStore<byte[], byte[]> kept = InMemoryStore.open("kept");
  private final NumberedStore store = new NumberedStore(kept);

  @Test
  void theNumberIsThatOfTheLastCommitWhoeverOpensTheStore() {
    assertThat(store.number()).isZero();
    for (int i = 0; i < 300; i++) {
      store.count();
    }

    assertThat(store.number()).isEqualTo(300);
    assertThat(new NumberedStore(kept).number()).isEqualTo(300);
  }

  @Test
  void everyWayToPutSomethingChangesIt() {
    List<Runnable> ways =
        List.of(
            () -> store.put(FIRST, VALUE),
            () -> store.putIfAbsent(LAST, VALUE),
            () -> store.putAll(List.of(new KeyValue<>(FIRST, VALUE))),
            () -> store.delete(FIRST));
    for (Runnable way : ways) {
      assertThat(store.hasChanged()).isFalse();
      way.run();
      assertThat(store.hasChanged()).isTrue();
      store.count();
    }
  }

  @Test
  void readingAndPuttingNothingDoNotChangeIt() {
    store.putAll(List.of());
    assertThat(store.get(FIRST)).isNull();
    assertThat(keys(store.all())).isEmpty();

    assertThat(store.hasChanged()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // an open end of a range is null in Kafka Streams
  void nobodyMeetsTheNumber() {
    // Given
    store.put(FIRST, VALUE);
    store.put(LAST, VALUE);
    store.count();

    // Then
    assertThat(keys(store.all())).containsExactly(FIRST, LAST);
    assertThat(keys(store.reverseAll())).containsExactly(LAST, FIRST);
    assertThat(keys(store.range(null, null))).containsExactly(FIRST, LAST);
    assertThat(keys(store.range(null, FIRST))).containsExactly(FIRST);
    assertThat(keys(store.reverseRange(null, LAST))).containsExactly(LAST, FIRST);
    assertThat(store.get(FIRST)).isEqualTo(VALUE);
  }

  @Test
  void aStoreOfNothingButItsNumberLooksEmpty() {
    store.count();

    try (KeyValueIterator<byte[], byte[]> entries = store.all()) {
      assertThat(entries.hasNext()).isFalse();
      assertThatThrownBy(entries::peekNextKey).isInstanceOf(NoSuchElementException.class);
      assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  private static List<byte[]> keys(KeyValueIterator<byte[], byte[]> entries) {
    var keys = new ArrayList<byte[]>();
    try (entries) {
      while (entries.hasNext()) {
        byte[] next = entries.peekNextKey();
        assertThat(entries.next().key).isEqualTo(next);
        keys.add(next);
      }
    }
    return keys;
  }
}
