package io.millrace.server.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSenderTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(5));

  private FakeCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sendsInOrderAndInRequestsOfBoundedCount(boolean gzip) throws InterruptedException {
    SenderConfig config = config("secret").withMaxEvents(10).withGzip(gzip);

    assertThat(send(config, events(25))).isEqualTo(new Delivery.Complete(25, List.of()));
    assertThat(collector.requests()).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(ids(collector.accepted()))
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(each -> "e" + each).toList());
  }

  @Test
  void packsNoMoreBytesThanARequestMayHave() throws InterruptedException {
    OutgoingEvent large = EventJson.event("large", "page").text("title", "x".repeat(700)).end();
    var config =
        new SenderConfig(
            collector.uri(),
            "/v1/events",
            "secret",
            100,
            1_000,
            false,
            QUICK,
            Duration.ofSeconds(10));

    assertThat(send(config, List.of(large, large, large)).accepted()).isEqualTo(3);
    assertThat(collector.requests()).extracting(List::size).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void sendsTheSameIdsAgainWhenAskedToComeLater(int status) throws InterruptedException {
    collector.failNextWith(status);
    collector.failNextWith(status);

    assertThat(send(config("secret"), events(3))).isEqualTo(new Delivery.Complete(3, List.of()));
    assertThat(collector.requests()).hasSize(3);
    assertThat(collector.requests())
        .allSatisfy(request -> assertThat(ids(request)).containsExactly("e0", "e1", "e2"));
  }

  @Test
  void tellsWhichEventsWereRefused() throws InterruptedException {
    collector.refuse(event -> event.path("id").asText().endsWith("7"));

    assertThat(send(config("secret").withMaxEvents(10), events(20)))
        .isEqualTo(
            new Delivery.Complete(
                18,
                List.of(
                    new Refusal(7, "e7", "url", "not a URL"),
                    new Refusal(17, "e17", "url", "not a URL"))));
  }

  @Test
  void takesARequestWithoutOneGoodEventAsAnswered() throws InterruptedException {
    collector.refuse(event -> true);

    Delivery delivery = send(config("secret"), events(2));

    assertThat(delivery).isInstanceOf(Delivery.Complete.class);
    assertThat(delivery.refused()).hasSize(2);
  }

  @Test
  void doesNotTryAgainWithAKeyThatIsNotAccepted() throws InterruptedException {
    assertThat(send(config("guessed"), events(2)))
        .isEqualTo(
            new Delivery.Incomplete(
                0,
                List.of(),
                2,
                "the collector does not accept this write key (status 401: unknown key)"));
    assertThat(collector.requests()).hasSize(1);
  }

  @Test
  void givesUpWhenNobodyListensAndSaysHowMuchWasAcknowledged() throws InterruptedException {
    URI nobody = collector.uri();
    collector.close();
    SenderConfig config =
        SenderConfig.to(nobody, "secret").withRetry(QUICK.withPatience(Duration.ofMillis(50)));

    assertThat(send(config, events(4)))
        .isInstanceOfSatisfying(
            Delivery.Incomplete.class,
            incomplete -> {
              assertThat(incomplete.accepted()).isZero();
              assertThat(incomplete.unanswered()).isEqualTo(4);
              assertThat(incomplete.reason()).contains("gave up after", "no answer from");
            });
  }

  @Test
  void keepsWhatWasAcknowledgedBeforeItGaveUp() throws InterruptedException {
    SenderConfig config =
        config("secret").withMaxEvents(2).withRetry(QUICK.withPatience(Duration.ZERO));
    collector.refuse(
        event -> {
          collector.failNextWith(503);
          return false;
        });

    assertThat(send(config, events(6)))
        .isInstanceOfSatisfying(
            Delivery.Incomplete.class,
            incomplete -> {
              assertThat(incomplete.accepted()).isEqualTo(2);
              assertThat(incomplete.unanswered()).isEqualTo(4);
              assertThat(incomplete.reason()).contains("503");
            });
  }

  @Test
  void neverShowsItsKey() {
    assertThat(config("secret").toString()).doesNotContain("secret");
  }

  private SenderConfig config(String key) {
    return SenderConfig.to(collector.uri(), key).withRetry(QUICK);
  }

  private static Delivery send(SenderConfig config, List<OutgoingEvent> events)
      throws InterruptedException {
    try (var sender = new EventSender(config)) {
      return sender.send(events);
    }
  }

  private static List<OutgoingEvent> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> EventJson.event("e" + each, "page").end())
        .toList();
  }

  private static List<String> ids(List<JsonNode> events) {
    return events.stream().map(event -> event.path("id").asText()).toList();
  }
}
