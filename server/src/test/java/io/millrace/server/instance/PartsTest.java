package io.millrace.server.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());
  private final Parts parts = new Parts();

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }

  @Test
  void whatWasStartedLastIsStoppedFirstAndOnlyOnce() {
    parts.add(part("first"));
    parts.add(part("second"));

    parts.close();
    parts.close();

    assertThat(stopped).containsExactly("second", "first");
  }

  @Test
  void onePartThatFailsKeepsNoOtherFromStopping() {
    parts.add(part("first"));
    parts.add(
        () -> {
          throw new IllegalStateException("does not stop");
        });

    parts.close();

    assertThat(stopped).containsExactly("first");
  }

  @Test
  void whatComesAfterTheStopIsStoppedAtOnceAndEndsTheStart() {
    parts.add(part("first"));
    parts.close();

    assertThatThrownBy(() -> parts.add(part("late"))).isInstanceOf(IllegalStateException.class);

    assertThat(stopped).containsExactly("first", "late");
  }

  @Test
  void aStartIsNotHeldUpByAPartThatStops() throws InterruptedException {
    // Given
    var stopping = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    parts.add(
        () -> {
          stopping.countDown();
          mayEnd.await();
          stopped.add("slow");
        });
    Thread stop = Thread.ofVirtual().start(parts::close);
    stopping.await();

    // When
    assertThatThrownBy(() -> parts.add(part("late"))).isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(stopped).containsExactly("late");
    mayEnd.countDown();
    stop.join();
    assertThat(stopped).containsExactly("late", "slow");
  }

  @Test
  void aDrainSaysThatTheProcessIsNotReadyWhileItServesOn() {
    var drain = new Drain(Duration.ofMillis(1));
    assertThat(drain.obstacle()).isEmpty();

    drain.close();

    assertThat(drain.obstacle()).hasValue("the process is stopping");
  }
}
