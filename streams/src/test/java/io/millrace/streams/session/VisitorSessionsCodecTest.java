package io.millrace.streams.session;

import static io.millrace.streams.session.SessionEvents.MINUTE;
import static io.millrace.streams.session.SessionEvents.VISITOR;
import static io.millrace.streams.session.SessionEvents.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.PublishedSession;
import io.millrace.model.SessionId;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorSessionsCodecTest {
  private static final long NOON = 1_770_000_000_000L;
  private static final VisitorSessionsCodec CODEC = new VisitorSessionsCodec();

  private final KeptSession open =
      KeptSession.of(new SessionId("open"), VISITOR, page("1", NOON, "/a"), NOON);
  private final KeptSession published =
      KeptSession.of(new SessionId("published"), VISITOR, page("2", NOON, "/b"), NOON).published(7);
  private final KeptSession joined =
      published.joinedBy(VISITOR, page("3", NOON + MINUTE, "/c"), NOON + MINUTE);

  @Test
  void whatTheTopicHasIsKeptBesideWhatThereIs() {
    // Given
    var visitor = new VisitorSessions(VISITOR, List.of(open, published, joined), NOON);
    var out = new ByteWriter();

    // When
    CODEC.write(visitor, out);

    // Then
    assertThat(CODEC.decode(VISITOR, out.toBytes())).isEqualTo(visitor);
    assertThat(joined.isPublished()).isFalse();
    assertThat(joined.published())
        .contains(new PublishedSession(7, published.session()))
        .isEqualTo(published.published());
  }

  @Test
  void whatWasStoredBeforeThereWereNumbersIsReadOn() {
    // Given
    var out = new ByteWriter();
    out.writeByte(1);
    out.writeLong(NOON);
    writeBefore(open, out);
    writeBefore(published, out);
    writeBefore(joined, out);

    // When
    VisitorSessions read = CODEC.decode(VISITOR, out.toBytes());

    // Then
    assertThat(read.timer()).isEqualTo(NOON);
    assertThat(read.sessions())
        .extracting(KeptSession::session)
        .containsExactly(open.session(), published.session(), joined.session());
    assertThat(read.sessions())
        .extracting(KeptSession::isPublished)
        .containsExactly(false, true, false);
    assertThat(read.sessions().get(1).published())
        .contains(new PublishedSession(PublishedSession.UNNUMBERED, published.session()));
    assertThat(read.sessions().get(2).published()).isEmpty();
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> CODEC.decode(VISITOR, new byte[] {9}))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("version 9");
  }

  private static void writeBefore(KeptSession kept, ByteWriter out) {
    long start = kept.session().start();
    out.writeString(kept.session().id().value());
    out.writeLong(kept.session().revision());
    out.writeBoolean(kept.isPublished());
    out.writeLong(start);
    out.writeLong(kept.session().durationMillis());
    out.writeLong(kept.quietSince() - start);
    out.writeFixedLong(kept.first().idHash());
    out.writeLong(kept.session().events());
    out.writeLong(kept.session().pageViews());
    out.writeLong(kept.entry().time() - start);
    out.writeFixedLong(kept.entry().idHash());
    out.writeString(kept.session().entryPage());
    out.writeLong(kept.exit().time() - start);
    out.writeFixedLong(kept.exit().idHash());
    out.writeString(kept.session().exitPage());
    out.writeString(kept.session().source().referrerMedium());
    out.writeString(kept.session().source().referrerSource());
    out.writeString(kept.session().source().utmSource());
    out.writeString(kept.session().source().utmMedium());
    out.writeString(kept.session().source().utmCampaign());
  }
}
