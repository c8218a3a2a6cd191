package io.millrace.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickKey;
import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionNumber;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class SessionCodecTest {
  private static final ClickKey VISITOR = new ClickKey(new SiteId("shop.example"), visitor("v"));

  @Property(tries = 300)
  void sessionsSurviveTheirBytes(
      @ForAll @IntRange(min = 1) int revision,
      @ForAll @LongRange(max = 100) long pageViews,
      @ForAll @LongRange(max = 1L << 40) long duration) {
    Session session = session(revision, pageViews, duration);

    assertThat(SessionCodec.decode(SessionCodec.encode(session)))
        .isEqualTo(new Decoded.Value<>(session));
  }

  @Property(tries = 300)
  void headersOfRecordsSurviveTheirBytes(@ForAll int partition, @ForAll long number) {
    var place = new SessionNumber(partition, number);
    var replaced = new PublishedSession(number, session(1, 2, 3));

    assertThat(SessionNumber.parse(place.toBytes())).contains(place);
    assertThat(PublishedSession.parse(replaced.toBytes())).contains(replaced);
  }

  @Property(tries = 2_000)
  void damagedHeadersNeverThrow(@ForAll int position, @ForAll byte damage) {
    byte[] bytes = new PublishedSession(7, session(1, 2, 3)).toBytes();
    bytes[Math.floorMod(position, bytes.length)] ^= damage;

    assertThat(PublishedSession.parse(bytes)).isNotNull();
    assertThat(PublishedSession.parse(new byte[0])).isEmpty();
    assertThat(SessionNumber.parse(new byte[0])).isEmpty();
  }

  @Property(tries = 2_000)
  void damagedSessionsNeverThrow(@ForAll int position, @ForAll byte damage) {
    byte[] bytes = SessionCodec.encode(session(1, 2, 3));
    bytes[Math.floorMod(position, bytes.length)] ^= damage;

    assertThat(SessionCodec.decode(bytes)).isNotNull();
  }

  @Test
  void avroReadsTheSameSession() throws IOException {
    Session session = session(3, 1, 90_000).mergedInto(new SessionId("other"));
    var body = new ByteArrayInputStream(SessionCodec.encode(session));
    body.skipNBytes(SingleObject.HEADER_LENGTH);

    var read =
        new GenericDatumReader<GenericRecord>(SessionCodec.schema())
            .read(null, DecoderFactory.get().directBinaryDecoder(body, null));

    assertThat(body.available()).isZero();
    assertThat(read.get("id")).hasToString(session.id().value());
    assertThat(read.get("revision")).isEqualTo(4);
    assertThat(read.get("merged_into")).hasToString("other");
    assertThat(read.get("page_views")).isEqualTo(1L);
    assertThat(read.get("exit_page")).hasToString("/paid");
    assertThat(read.get("utm_campaign")).hasToString("may");
    assertThat(read.get("duration_ms")).isEqualTo(90_000L);
    assertThat(read.get("bounce")).isEqualTo(true);
  }

  @Test
  void theIdComesFromSiteVisitorAndEvent() {
    SessionId id = SessionId.openedBy(VISITOR, "1", 10);

    assertThat(id).isEqualTo(SessionId.openedBy(VISITOR, "1", 10));
    assertThat(id.value()).hasSize(22);
    assertThat(id)
        .isNotEqualTo(SessionId.openedBy(VISITOR, "2", 10))
        .isNotEqualTo(SessionId.openedBy(VISITOR, "1", 11))
        .isNotEqualTo(SessionId.openedBy(new ClickKey(VISITOR.site(), visitor("w")), "1", 10))
        .isNotEqualTo(
            SessionId.openedBy(new ClickKey(new SiteId("b"), VISITOR.visitor()), "1", 10));
  }

  private static VisitorId visitor(String value) {
    return new VisitorId(value);
  }

  private static Session session(int revision, long pageViews, long duration) {
    return new Session(
        SessionId.openedBy(VISITOR, "1", 10),
        VISITOR.site(),
        VISITOR.visitor(),
        revision,
        "",
        1_770_000_000_000L,
        1_770_000_000_000L + duration,
        pageViews + 1,
        pageViews,
        "/cart",
        "/paid",
        new SessionSource("email", "", "news", "email", "may"));
  }
}
