package io.millrace.query.sql.push;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.testing.InMemoryTail;
import io.millrace.views.ClickPosition;
import io.millrace.views.sql.RowQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickStreamTest {
  /** Every heartbeat is due. */
  private static final PushConfig IMPATIENT =
      new PushConfig(
          1,
          1,
          50,
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofNanos(1),
          Duration.ofHours(1),
          Duration.ofMillis(10),
          100);

  private static final RowQuery NOTHING =
      RowQuery.compile("SELECT path FROM clicks WHERE country = 'no'");

  private final InMemoryTail tail = new InMemoryTail();

  @Test
  void heartbeatsComeAlsoWhileClicksDoThatMakeNoRow() throws InterruptedException {
    try (ClickStream stream =
        ClickStream.fromNow(NOTHING, () -> List.of("demo"), tail, IMPATIENT)) {
      publishThree();

      assertHeartbeatAfterEach(stream);
    }
  }

  @Test
  void heartbeatsComeAlsoInThePast() throws InterruptedException {
    publishThree();
    var start = new ClickPosition(List.of(0L, 0L));

    try (ClickStream stream =
        ClickStream.from(start, NOTHING, () -> List.of("demo"), tail, IMPATIENT, () -> {})) {
      assertHeartbeatAfterEach(stream);
    }
  }

  private void publishThree() {
    for (int i = 0; i < 3; i++) {
      tail.publish(aClick().counted());
    }
  }

  private static void assertHeartbeatAfterEach(ClickStream stream) throws InterruptedException {
    for (String id : List.of("1.0", "1.1", "2.1")) {
      assertThat(stream.next(10)).isEqualTo(new PushEvent.Nothing());
      assertThat(stream.id()).isEqualTo(id);
    }
  }
}
