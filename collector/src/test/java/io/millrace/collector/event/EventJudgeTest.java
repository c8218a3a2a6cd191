package io.millrace.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.CollectorFixture;
import io.millrace.collector.sender.Sender;
import io.millrace.collector.sender.TransientSalts;
import io.millrace.collector.sender.VisitorNaming;
import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.EventType;
import io.millrace.model.VisitorId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJudgeTest {
  private static final long NOW = CollectorFixture.NOW.toEpochMilli();
  private static final ClientHints HINTS = new ClientHints("", "", "?1", "\"Android\"", "", "");
  private static final Sender SENDER =
      new Sender("192.0.2.0", "Firefox", HINTS, "fr-CH", CollectorFixture.NOW);

  private final EventJudge judge =
      new EventJudge(new VisitorNaming(new TransientSalts()), Duration.ofMinutes(5));
  private final EventParser parser = new EventParser(new EventLimits(32_768, 500_000, 100));

  @Test
  void aPageHasTheTimeOfReceiptAndARandomIdUnlessItSaysOtherwise() {
    ClickEvent event = accepted("{'url':'https://a/'}");

    assertThat(event.id()).hasSize(36);
    assertThat(event.type()).isEqualTo(EventType.PAGE);
    assertThat(event.time()).isEqualTo(NOW);
    assertThat(event.clientTime()).isZero();
    assertThat(event.sentTime()).isZero();
    assertThat(event.backfill()).isFalse();
  }

  @Test
  void aClockThatIsOffIsCorrectedByWhenItSent() {
    long anHourAhead = NOW + 3_600_000;

    ClickEvent event =
        accepted(
            "{'url':'https://a/','timestamp':%d,'sent_at':%d}"
                .formatted(anHourAhead - 2_000, anHourAhead));

    assertThat(event.time()).isEqualTo(NOW - 2_000);
    assertThat(event.clientTime()).isEqualTo(anHourAhead - 2_000);
    assertThat(event.sentTime()).isEqualTo(anHourAhead);
  }

  @Test
  void aTimeMayBeFiveMinutesAheadAndNoMore() {
    assertThat(accepted("{'url':'https://a/','timestamp':%d}".formatted(NOW + 300_000)).time())
        .isEqualTo(NOW + 300_000);
    Refusal refusal = refused("{'url':'https://a/','timestamp':%d}".formatted(NOW + 300_001));
    assertThat(refusal)
        .isEqualTo(new Refusal(RefusalKind.TIME, "timestamp", "is more than 300 s in the future"));
  }

  @Test
  void theOldIsLeftToTheStreamButNothingIsBefore1990() {
    assertThat(accepted("{'url':'https://a/','timestamp':'1990-01-01T00:00:00Z'}").time())
        .isEqualTo(ClientTime.EARLIEST);
    assertThat(refused("{'url':'https://a/','timestamp':'1989-12-31T23:59:59Z'}").kind())
        .isEqualTo(RefusalKind.TIME);
    assertThat(
            refused(
                    "{'url':'https://a/','timestamp':'1990-01-01T00:00:00Z',"
                        + "'sent_at':'9999-01-01T00:00:00Z'}")
                .kind())
        .isEqualTo(RefusalKind.TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|url|is missing",
        "{'type':'track'}|name|is missing",
        "{'type':'identify'}|user_id|is missing",
        "{'type':'screen'}|type|is none of page, track and identify",
        "{'type':'track','name':'n','url':'//a/'}|url|is not an absolute http or https URL",
        "{'url':'javascript:alert(1)'}|url|is not an absolute http or https URL",
        "{'url':'https:///path'}|url|has no host",
        "{'url':'https://u:p@a/'}|url|carries a user name",
        "{'url':'https://a b/'}|url|holds a space or a control character",
        "{'url':'https://a:99999/'}|url|has a port that is none",
        "{'url':'https://a%00/'}|url|has a host that is no host name",
        "{'url':'https://a/','screen':'wide'}|screen|is not of the form 1920x1080",
        "{'url':'https://a/','ip':'192.0.2.7'}|ip|this write key may not report on behalf of others",
        "{'url':'https://a/','user_agent':'x'}|user_agent|this write key may not report on behalf of others",
      })
  void whatIsWrongIsNamed(String json, String field, String reason) {
    assertThat(refused(json))
        .extracting(Refusal::field, Refusal::reason)
        .containsExactly(field, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a",
    "http://a:8080?q=a|b",
    "HTTPS://Ä.example/#x",
    "http://[2001:db8::1]:80/",
    "https://a_b.c/"
  })
  void whatBrowsersReportIsAUrl(String url) {
    assertThat(accepted("{'url':'" + url + "'}").url()).isEqualTo(url);
  }

  @Test
  void aServerKeyReportsOnBehalfOfOthersAndTheWholeAddressIsNotKept() {
    ClickEvent event =
        acceptedWith(
            CollectorFixture.SERVER_KEY,
            "{'url':'https://a/','ip':'198.51.100.77','user_agent':'Safari'}");

    assertThat(event.address()).isEqualTo("198.51.100.0");
    assertThat(event.agent()).isEqualTo("Safari");
    assertThat(event.backfill()).isTrue();
    assertThat(event.visitor()).isNotEqualTo(accepted("{'url':'https://a/'}").visitor());
  }

  @Test
  void whatTheBrowserTellsIsTakenWhereTheEventSaysNothingElse() {
    assertThat(accepted("{'url':'https://a/'}").language()).isEqualTo("fr-CH");
    assertThat(accepted("{'url':'https://a/'}").hints()).isEqualTo(HINTS);
    assertThat(accepted("{'url':'https://a/','language':'da'}").language()).isEqualTo("da");
  }

  @Test
  void whatTheServerTellsOfItselfIsNotTheVisitors() {
    ClickEvent event =
        acceptedWith(CollectorFixture.SERVER_KEY, "{'url':'https://a/','user_agent':'Safari'}");

    assertThat(event.language()).isEmpty();
    assertThat(event.hints()).isEqualTo(ClientHints.NONE);
  }

  @Test
  void aVisitorIsTheAnonymousIdWhereThereIsOne() {
    VisitorId named = accepted("{'url':'https://a/','anonymous_id':'n'}").visitor();

    assertThat(named)
        .isEqualTo(VisitorId.hashOf(new byte[0], CollectorFixture.SITE.value(), "client", "n"));
    assertThat(accepted("{'url':'https://a/'}").visitor())
        .isEqualTo(accepted("{'url':'https://b/'}").visitor())
        .isNotEqualTo(named);
  }

  @Test
  void anUnknownKeyComesBeforeEverythingElse() {
    assertThat(judged("nobody", "{'id':'x','oops':1}"))
        .isEqualTo(
            new Judgement.Refused(
                "x",
                new Refusal(RefusalKind.UNAUTHORIZED, "write_key", "is missing or of no site")));
    assertThat(judged("nobody", "{'write_key':'browser-key','url':'https://a/'}"))
        .isInstanceOf(Judgement.Accepted.class);
  }

  private ClickEvent accepted(String json) {
    return acceptedWith(CollectorFixture.KEY, json);
  }

  private ClickEvent acceptedWith(String key, String json) {
    return switch (judged(key, json)) {
      case Judgement.Accepted(ClickEvent event) -> event;
      case Judgement.Refused refused -> throw new AssertionError(refused);
    };
  }

  private Refusal refused(String json) {
    return switch (judged(CollectorFixture.KEY, json)) {
      case Judgement.Accepted accepted -> throw new AssertionError(accepted);
      case Judgement.Refused(var id, Refusal refusal) -> refusal;
    };
  }

  /** JSON with single quotes, for readability. */
  private Judgement judged(String key, String json) {
    ParsedBody body = parser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), false);
    return switch (body) {
      case ParsedBody.Drafts(var drafts) ->
          judge.judge(drafts.getFirst(), SENDER, new KeyRing(CollectorFixture.sites(), key));
      case ParsedBody.Unusable unusable -> throw new AssertionError(unusable);
    };
  }
}
