package io.millrace.streams.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickKey;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ByteWriter;
import io.millrace.streams.InMemoryStore;
import io.millrace.streams.visitor.VisitorStates.Part;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisitorStatesTest {
  private static final PartCodec<String> TEXT =
      new PartCodec<>() {
        @Override
        public void write(String part, ByteWriter out) {
          out.writeRaw(part.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String decode(ClickKey visitor, byte[] bytes) {
          return new String(bytes, StandardCharsets.UTF_8);
        }
      };

  /** What there is between two starts of the process. */
  private static final class Run {
    private final VisitorStates states;
    private final Part<String> first;
    private final Part<String> second;

    Run(KeyValueStore<byte[], byte[]> store) {
      states = new VisitorStates(store);
      first = states.addPart(TEXT);
      second = states.addPart(TEXT);
    }

    Part<String> part(boolean isFirst) {
      return isFirst ? first : second;
    }
  }

  @Property(tries = 50)
  void eachPartIsThatOfAPlainMap(@ForAll long seed) {
    var random = new Random(seed);
    Map<Boolean, Map<ClickKey, String>> oracle =
        Map.of(true, new HashMap<>(), false, new HashMap<>());
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("visitors");
    var run = new Run(store);

    for (int i = 0; i < 3_000; i++) {
      boolean isFirst = random.nextBoolean();
      ClickKey visitor = visitor(random.nextInt(50));
      assertThat(run.part(isFirst).read(visitor)).isEqualTo(oracle.get(isFirst).get(visitor));
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          run.part(isFirst).write(visitor, null);
          oracle.get(isFirst).remove(visitor);
        }
        case 2, 3, 4 -> {
          // Some are so large that not all visitors are kept as objects.
          String text = i + "x".repeat(random.nextInt(100_000));
          run.part(isFirst).write(visitor, text);
          oracle.get(isFirst).put(visitor, text);
        }
        case 5 -> run.states.writeChanged();
        case 6 -> {
          if (random.nextInt(20) == 0) {
            run.states.writeChanged();
            run = new Run(store);
          }
        }
        default -> {}
      }
    }

    run.states.writeChanged();
    assertThat(scanned(run.first)).isEqualTo(oracle.get(true));
    assertThat(scanned(run.second)).isEqualTo(oracle.get(false));
  }

  @Test
  void aVisitorOfWhomNothingIsRememberedHasNoRecord() {
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("visitors");
    var run = new Run(store);
    run.first.write(visitor(1), "a");
    run.second.write(visitor(1), "b");
    run.states.writeChanged();

    run.first.write(visitor(1), null);
    run.states.writeChanged();
    assertThat(InMemoryStore.values(store)).hasSize(1);
    run.second.write(visitor(1), null);
    run.states.writeChanged();

    assertThat(InMemoryStore.values(store)).isEmpty();
  }

  @Test
  void nothingIsWrittenBeforeItIsAskedForButWhereItIsALot() {
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("visitors");
    var run = new Run(store);

    for (int i = 0; i < 4_000; i++) {
      run.first.write(visitor(i), "a");
    }
    assertThat(InMemoryStore.values(store)).isEmpty();
    run.first.write(visitor(4_000), "a");

    assertThat(InMemoryStore.values(store)).hasSize(4_001);
  }

  @Test
  void visitorsThatAreOnlyReadAreNotAllKept() {
    var run = new Run(InMemoryStore.open("visitors"));

    for (int i = 0; i < 50_000; i++) {
      run.first.read(visitor(i));
    }

    assertThat(run.states.held()).isPositive().isLessThan(25_000);
  }

  @Test
  void aRecordThatCannotBeReadBeginsAnewInsteadOfStoppingAllOthers() {
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("visitors");
    store.put(visitor(1).toBytes(), new byte[] {99});
    var run = new Run(store);

    assertThat(run.first.read(visitor(1))).isNull();
    assertThat(scanned(run.first)).isEmpty();
    run.first.write(visitor(1), "a");
    run.states.writeChanged();

    assertThat(new Run(store).first.read(visitor(1))).isEqualTo("a");
  }

  /** In slices of seven visitors. */
  private static Map<ClickKey, String> scanned(Part<String> part) {
    var found = new HashMap<ClickKey, String>();
    byte @Nullable [] position = null;
    do {
      position =
          part.scan(
              position,
              7,
              (visitor, text) -> {
                if (text != null) {
                  found.put(visitor, text);
                }
              });
    } while (position != null);
    return found;
  }

  private static ClickKey visitor(int number) {
    return new ClickKey(new SiteId("demo"), new VisitorId("v" + number));
  }
}
