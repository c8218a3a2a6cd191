package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_METHOD;

import io.millrace.query.access.SiteScope;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    CompletableFuture<ViewChannel> first =
        CompletableFuture.supplyAsync(() -> channels.of(query("a")));
    isAsked.await();
    CompletableFuture<ViewChannel> second =
        CompletableFuture.supplyAsync(() -> channels.of(query("a")));

    mayAnswer.countDown();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(asked).containsExactly("a");
  }

  @Test
  void nobodyWaitsForAnotherWithoutEnd() throws InterruptedException {
    var channels = new ViewChannels(2, Duration.ofMillis(1), this::openSlowly);
    CompletableFuture<ViewChannel> first =
        CompletableFuture.supplyAsync(() -> channels.of(query("a")));
    isAsked.await();

    assertTooBusy(channels, "a");

    mayAnswer.countDown();
    assertThat(channels.of(query("a"))).isSameAs(first.join());
  }

  @Test
  void theOneThatNobodyFollowsMakesRoom() {
    var channels = new ViewChannels(2, Duration.ofSeconds(30), this::open);
    ViewStream followed = channels.of(query("a")).join(Optional.empty()).orElseThrow();
    channels.of(query("b"));

    ViewStream other = channels.of(query("c")).join(Optional.empty()).orElseThrow();

    assertTooBusy(channels, "b");
    channels.of(query("a"));
    assertThat(asked).containsExactly("a", "b", "c");
    followed.close();
    other.close();
    channels.of(query("b"));
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

    assertThatThrownBy(() -> channels.of(query("a"))).hasMessage("a test");

    assertThat(channels.of(query("a")).columns()).hasSize(2);
  }

  @Test
  void whoSeesOtherSitesSharesNothing() {
    var channels = new ViewChannels(2, Duration.ofSeconds(30), this::open);
    ViewChannel every = channels.of(query("a"));

    ViewChannel some =
        channels.of(new FollowedQuery("a", new SiteScope.Only(Set.of("shop.example"))));

    assertThat(some).isNotSameAs(every);
    assertThat(asked).containsExactly("a", "a");
  }

  private static FollowedQuery query(String select) {
    return new FollowedQuery(select, SiteScope.every());
  }

  private static void assertTooBusy(ViewChannels channels, String select) {
    assertThatThrownBy(() -> channels.of(query(select)))
        .isInstanceOfSatisfying(
            QueryException.class,
            refused -> assertThat(refused.code()).isEqualTo(QueryErrorCode.TOO_BUSY));
  }

  private ViewChannel openSlowly(FollowedQuery query) {
    isAsked.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError("not in time", stopped);
    }
    return open(query);
  }

  private ViewChannel open(FollowedQuery query) {
    asked.add(query.select());
    return ViewChannel.open(query.select(), new FakeViewQuery(), PushConfig.defaults());
  }
}
