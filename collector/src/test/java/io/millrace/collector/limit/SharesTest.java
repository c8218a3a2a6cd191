package io.millrace.collector.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void nobodyHoldsMoreThanAShareAtTheSameTime() {
    var shares = new Shares(2);

    assertThat(shares.take("a")).isTrue();
    assertThat(shares.take("a")).isTrue();
    assertThat(shares.take("a")).isFalse();
    assertThat(shares.take("b")).isTrue();
    shares.giveBack("a");
    assertThat(shares.take("a")).isTrue();
    assertThat(shares.take("a")).isFalse();
  }

  @Test
  void whoHoldsNothingIsForgotten() {
    var shares = new Shares(1);
    shares.take("a");
    shares.take("a");
    shares.take("b");

    shares.giveBack("a");
    shares.giveBack("b");
    shares.giveBack("nobody");

    assertThat(shares.size()).isZero();
  }

  @Test
  void thereMayBeNoLimit() {
    var shares = new Shares(0);

    for (int i = 0; i < 1_000; i++) {
      assertThat(shares.take("a")).isTrue();
    }
    assertThatThrownBy(() -> new Shares(-1)).hasMessageContaining("most");
  }

  @Test
  void manyAtOnceHoldNoMoreThanTheShare() {
    var shares = new Shares(10);
    var taken = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1_000; i++) {
        threads.execute(
            () -> {
              if (shares.take("a")) {
                taken.incrementAndGet();
              }
            });
      }
    }
    assertThat(taken).hasValue(10);
  }
}
