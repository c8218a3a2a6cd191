package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streams.Clicks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EnrichmentSourcesTest {
  private static final AgentClassifier AGENTS =
      new AgentClassifier((userAgent, hints) -> Agent.UNKNOWN);
  private static final GeoDatabase GEO = GeoDatabase.bundled();

  @Test
  void whoeverNeedsASourceWaitsForIt() {
    var asked = new CountDownLatch(1);
    var sources =
        EnrichmentSources.loading(
            () -> {
              await(asked);
              return AGENTS;
            },
            () -> GEO,
            Duration.ofSeconds(30));

    assertThat(sources.geo().database()).isSameAs(GEO);
    assertThat(sources.ready()).isNotDone();
    asked.countDown();

    assertThat(sources.agents()).isSameAs(AGENTS);
    assertThat(sources.ready()).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void aSourceThatFailsSaysWhich() {
    var cause = new IllegalStateException("damaged");
    var sources =
        EnrichmentSources.loading(
            () -> {
              throw cause;
            },
            () -> GEO,
            Duration.ofSeconds(30));

    assertThatThrownBy(() -> new Enricher(sources).bot(Clicks.click("1", "v", "/")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The user agent rules could not be loaded")
        .hasCause(cause);
  }

  @Test
  void nobodyWaitsForEver() {
    var never = new CountDownLatch(1);
    var sources =
        EnrichmentSources.loading(
            () -> AGENTS,
            () -> {
              await(never);
              return GEO;
            },
            Duration.ofMillis(20));

    assertThatThrownBy(sources::geo)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("geo database did not load within");
    never.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
