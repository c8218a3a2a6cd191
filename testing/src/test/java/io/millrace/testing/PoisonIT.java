package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.EventLedger;
import io.millrace.testing.harness.ForeignProducer;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else writes into click-events stops nothing and is kept as it came. */
@Timeout(300)
class PoisonIT {
  /** Of an Avro single object: two bytes of marker and the schema's fingerprint. */
  private static final int HEADER = 10;

  private static final byte[] NO_EVENT = "no event at all".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = {};

  @Test
  void makesAnOutcomeOfEveryRecordAndGoesOn(@TempDir Path folder) throws Exception {
    Instant now = Instant.now();
    byte[] event = ClickEventCodec.encode(event("of-somebody-else", now, now));
    byte[] future = ClickEventCodec.encode(event("from-the-future", now.plusSeconds(86_400), now));
    List<byte[]> poison =
        List.of(NO_EVENT, NOTHING, withOversizeLength(event), cutOff(event), longer(event), future);

    try (RunningInstance millrace = RunningInstance.start(folder);
        var producer = new ForeignProducer(millrace.local().bootstrapServers())) {
      // When
      for (byte[] bytes : poison) {
        producer.send("click-events", "somebody/else", bytes);
      }
      producer.sendNull("click-events", "somebody/else");
      producer.send("click-events", "somebody/else", event);
      var ledger = new EventLedger(millrace.http(), RunningInstance.KEY);
      ledger.sendNew(1);
      await("its acknowledgement").atMost(Duration.ofMinutes(1)).until(ledger::resendAll);
      BooksAnswer books = millrace.awaitAccounted(poison.size() + 3);

      // Then
      assertThat(books.balanced()).as(books.text()).isTrue();
      assertThat(books.outcome("invalid")).isEqualTo(poison.size() + 1);
      assertThat(books.outcome("counted")).isEqualTo(2);
      assertThat(millrace.topics().enrichedClicks())
          .extracting(click -> click.click().id())
          .containsExactlyInAnyOrder("of-somebody-else", "event-1");
      List<RejectedClick> rejected =
          millrace.topics().rejectedClicks().stream()
              .filter(click -> click.outcome() == Outcome.INVALID)
              .toList();
      assertThat(rejected).extracting(RejectedClick::reason).doesNotContain("");
      // The null is kept as no bytes.
      assertThat(rejected)
          .extracting(RejectedClick::payload)
          .containsExactly(
              NO_EVENT,
              NOTHING,
              withOversizeLength(event),
              cutOff(event),
              longer(event),
              future,
              NOTHING);
    }
  }

  private static ClickEvent event(String id, Instant time, Instant received) {
    return new ClickEvent(
        id,
        new SiteId(RunningInstance.SITE),
        new VisitorId("AAAAAAAAAAAAAAAAAAAAAA"),
        EventType.PAGE,
        "",
        "http://" + RunningInstance.SITE + "/",
        "",
        "",
        "",
        "",
        time.toEpochMilli(),
        time.toEpochMilli(),
        0,
        received.toEpochMilli(),
        "",
        TestEvent.AGENT,
        "",
        "",
        "",
        false);
  }

  /** Says that an id of two billion bytes follows. */
  private static byte[] withOversizeLength(byte[] event) {
    byte[] bytes = event.clone();
    byte[] length = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    System.arraycopy(length, 0, bytes, HEADER, length.length);
    return bytes;
  }

  private static byte[] cutOff(byte[] event) {
    return Arrays.copyOf(event, event.length / 2);
  }

  private static byte[] longer(byte[] event) {
    return Arrays.copyOf(event, event.length + 1);
  }
}
