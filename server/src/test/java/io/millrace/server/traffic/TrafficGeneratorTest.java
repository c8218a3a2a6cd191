package io.millrace.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.FakeCollector;
import io.millrace.server.sender.RetryPolicy;
import io.millrace.server.sender.SenderConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {
  private static final double RATE = 1_000;

  private FakeCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void sendsAtItsRateAndKeepsTally() throws InterruptedException {
    collector.refuse(event -> event.path("url").asText().equals("not a url"));
    try (EventSender sender = sender(RetryPolicy.DEFAULT);
        TrafficGenerator generator = generator(sender)) {
      TrafficRun run = generator.runFor(Duration.ofSeconds(1));

      TrafficTally tally = run.tally();
      assertThat(run.failure()).isEmpty();
      assertThat(tally.sentTotal() + tally.notMade()).isEqualTo(1_000);
      assertThat(tally.acceptedTotal()).isEqualTo(collector.accepted().size());
      assertThat(tally.acceptedTotal() + tally.refusedTotal()).isEqualTo(tally.sentTotal());
      assertThat(tally.refused().get(TrafficKind.MALFORMED)).isEqualTo(tally.refusedTotal());
    }
  }

  @Test
  void endsWhenClosed() throws InterruptedException {
    try (EventSender sender = sender(RetryPolicy.DEFAULT)) {
      TrafficGenerator generator = generator(sender);
      var ended = new AtomicReference<TrafficRun>();
      Thread running = Thread.ofVirtual().start(() -> ended.set(run(generator)));
      while (generator.tally().sentTotal() == 0) {
        Thread.onSpinWait();
      }

      generator.close();
      running.join();

      assertThat(ended.get().failure()).isEmpty();
    }
  }

  @Test
  void endsWithAReasonWhenTheCollectorIsGone() throws InterruptedException {
    try (EventSender sender = sender(RetryPolicy.DEFAULT.withPatience(Duration.ZERO));
        TrafficGenerator generator = generator(sender)) {
      collector.close();

      TrafficRun run = generator.run();

      assertThat(run.failure().orElseThrow()).contains("no answer");
      assertThat(run.tally().acceptedTotal()).isZero();
      assertThat(run.tally().sentTotal()).isPositive();
    }
  }

  private static TrafficRun run(TrafficGenerator generator) {
    try {
      return generator.run();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static TrafficGenerator generator(EventSender sender) {
    var config =
        new SimulatedSiteConfig("https://shop.example", RATE, TrafficMix.DEFAULT, Instant.EPOCH, 1);
    return new TrafficGenerator(
        new SimulatedSite(config), sender, RATE, InstantSource.fixed(Instant.EPOCH));
  }

  private EventSender sender(RetryPolicy retry) {
    return new EventSender(SenderConfig.to(collector.uri(), "secret").withRetry(retry));
  }
}
