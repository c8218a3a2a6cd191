package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_METHOD;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(PER_METHOD)
@Timeout(30)
class ViewChannelsTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final CountDownLatch isAsked = new CountDownLatch(1);

  @Test
  void oneLooksForAllWhoOpenTheSame() throws InterruptedException {
    var channels = new ViewChannels(2, Duration.ofSeconds(30), this::openSlowly);
    CompletableFuture<ViewChannel> first = CompletableFuture.supplyAsync(() -> channels.of("a"));
    isAsked.await();
    CompletableFuture<ViewChannel> second = CompletableFuture.supplyAsync(() -> channels.of("a"));

    mayAnswer.countDown();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(asked).containsExactly("a");
  }

  @Test
  void nobodyWaitsForAnotherWithoutEnd() throws InterruptedException {
    var channels = new ViewChannels(2, Duration.ofMillis(1), this::openSlowly);
    CompletableFuture<ViewChannel> first = CompletableFuture.supplyAsync(() -> channels.of("a"));
    isAsked.await();

    assertTooBusy(channels, "a");

    mayAnswer.countDown();
    assertThat(channels.of("a")).isSameAs(first.join());
  }

  @Test
  void theOneThatNobodyFollowsMakesRoom() {
    var channels = new ViewChannels(2, Duration.ofSeconds(30), this::open);
    ViewStream followed = channels.of("a").join(Optional.empty()).orElseThrow();
    channels.of("b");

    ViewStream other = channels.of("c").join(Optional.empty()).orElseThrow();

    assertTooBusy(channels, "b");
    channels.of("a");
    assertThat(asked).containsExactly("a", "b", "c");
    followed.close();
    other.close();
    channels.of("b");
    assertThat(asked).containsExactly("a", "b", "c", "b");
  }

  @Test
  void whatFailedIsAskedAgain() {
    var channels =
        new ViewChannels(
            1,
            Duration.ofSeconds(30),
            select -> {
              ViewChannel opened = open(select);
              if (asked.size() == 1) {
                throw new IllegalStateException("a test");
              }
              return opened;
            });

    assertThatThrownBy(() -> channels.of("a")).hasMessage("a test");

    assertThat(channels.of("a").columns()).hasSize(2);
  }

  private static void assertTooBusy(ViewChannels channels, String select) {
    assertThatThrownBy(() -> channels.of(select))
        .isInstanceOfSatisfying(
            QueryException.class,
            refused -> assertThat(refused.code()).isEqualTo(QueryErrorCode.TOO_BUSY));
  }

  private ViewChannel openSlowly(String select) {
    isAsked.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError("not in time", stopped);
    }
    return open(select);
  }

  private ViewChannel open(String select) {
    asked.add(select);
    return ViewChannel.open(select, new FakeViewQuery(), PushConfig.defaults());
  }
}
