package io.millrace.testing.fuzz;

import io.millrace.collector.event.EventDraft;
import io.millrace.collector.event.EventField;
import io.millrace.collector.event.EventJudge;
import io.millrace.collector.event.EventLimits;
import io.millrace.collector.event.EventParser;
import io.millrace.collector.event.Judgement;
import io.millrace.collector.event.KeyRing;
import io.millrace.collector.event.ParsedBody;
import io.millrace.collector.sender.AcceptLanguage;
import io.millrace.collector.sender.AddressBlock;
import io.millrace.collector.sender.AddressLiteral;
import io.millrace.collector.sender.Sender;
import io.millrace.collector.sender.TransientSalts;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.collector.sender.VisitorNaming;
import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.Enrichment;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.SiteDirectory;
import io.millrace.model.control.WriteKey;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.enrich.EnrichmentStep;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** What clients send: bodies, headers and the texts of an event. */
final class EventTargets {
  private static final EventLimits LIMITS = new EventLimits(32 << 10, 500 << 10, 2_500);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SiteId SITE = new SiteId("shop.example");
  private static final String KEY = "key";

  /** What a broker takes as one record. */
  private static final int MOST_RECORD_BYTES = 1_000_000;

  /** The most that is made of an event, beside its JSON: fields that enrichment finds. */
  private static final int MOST_FOUND_BYTES = 64 << 10;

  private static final byte[] BODY =
      FuzzTarget.utf8(
          """
          {"id":"a-1","type":"page","url":"https://shop.example/cart?utm_source=x&gclid=1#f",\
          "referrer":"https://www.google.com/","title":"Cart ü","user_id":"u","anonymous_id":"v",\
          "timestamp":"2026-03-01T11:59:00Z","sent_at":1772366340000,"language":"en-GB",\
          "screen":"1920x1080","ip":"203.0.113.9","user_agent":"Mozilla/5.0",\
          "properties":{"price":19.99,"tags":["a",null,true],"nested":{"deep":1e3}}}""");

  private EventTargets() {}

  static List<FuzzTarget> all() {
    var parser = new EventParser(LIMITS);
    var judge = new EventJudge(new VisitorNaming(new TransientSalts()), Duration.ofMinutes(5));
    return List.of(
        FuzzTarget.of(
                "events",
                bytes -> body(parser, judge, bytes),
                prefixed(0, BODY),
                prefixed(0, FuzzTarget.utf8("[" + text(BODY) + "," + text(BODY) + "]")),
                prefixed(
                    1, FuzzTarget.utf8(text(BODY) + "\n\r\n{\"name\":\"n\",\"type\":\"track\"}")))
            .withWords(
                "\"id\":",
                "\"timestamp\":",
                "\"properties\":{",
                "\\u0000",
                "\\ud800",
                "1e999999999",
                "-0.0",
                "null",
                "253402300799000",
                "[[[[[[[[[[[[[[[[[",
                "http://[::1]:65536/",
                "{\"a\":{\"a\":"),
        FuzzTarget.ofText(
            "headers",
            EventTargets::headers,
            "de-DE,en;q=0.8\n203.0.113.9, [2001:db8::1]:80\n\"Chromium\";v=\"128\"\n?1"),
        FuzzTarget.ofText(
                "enrichment",
                new EnrichedTexts()::holdsFor,
                "https://shop.example/a?utm_source=n&utm_campaign=%C3%BC\n"
                    + "https://www.google.com/search?q=x\n"
                    + "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/128.0.0.0 Safari/537.36\n"
                    + "en-GB\n1920x1080\n83.149.9.0\n\"Chromium\";v=\"128\"\n?0\n\"Linux\"")
            .withWords("%", "%%32", "?utm_source=", "&", "#", "http://[", "xn--", "://", "\u0000"));
  }

  private static void body(EventParser parser, EventJudge judge, byte[] bytes) {
    boolean lines = bytes.length > 0 && (bytes[0] & 1) == 1;
    byte[] body = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    switch (parser.parse(body, lines)) {
      case ParsedBody.Unusable(var refusal) ->
          Require.that(!refusal.reason().isEmpty(), "a refusal says why");
      case ParsedBody.Drafts(var drafts) -> drafts.forEach(draft -> judged(judge, draft));
    }
  }

  private static void judged(EventJudge judge, EventDraft draft) {
    var sender = new Sender("203.0.113.0", "Mozilla/5.0", NOW);
    switch (judge.judge(draft, sender, new KeyRing(sites(), KEY))) {
      case Judgement.Refused refused ->
          Require.that(refused.id().length() <= EventField.ID.maxLength(), "ids are bounded");
      case Judgement.Accepted(ClickEvent event) -> accepted(event);
    }
  }

  /** What is accepted is in the log as it was read, and no larger than a record may be. */
  private static void accepted(ClickEvent event) {
    byte[] record = ClickEventCodec.encode(event);
    Require.same(new Decoded.Value<>(event), ClickEventCodec.decode(record), "the event");
    Require.that(
        record.length + MOST_FOUND_BYTES < MOST_RECORD_BYTES,
        "a record of " + record.length + " bytes");
  }

  private static SiteDirectory sites() {
    var sites = new SiteDirectory();
    sites.apply(new ControlCommand.RegisterSite(SITE, "Shop"));
    sites.apply(
        new ControlCommand.IssueKey(WriteKey.hash(KEY), SITE, EnumSet.allOf(Permission.class)));
    return sites;
  }

  private static void headers(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    Require.that(AcceptLanguage.preferred(first).length() <= 35, "a language is short");
    lines.forEach(AddressLiteral::parse);
    var proxies = new TrustedProxies(List.of(AddressBlock.parse("127.0.0.0/8")));
    Require.that(
        proxies.clientOf(InetAddress.getLoopbackAddress(), lines) != null, "there is a client");
    new ClientHints(first, at(lines, 1), at(lines, 2), at(lines, 3), at(lines, 4), at(lines, 5))
        .plausible();
  }

  private static String at(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] prefixed(int first, byte[] rest) {
    byte[] bytes = new byte[rest.length + 1];
    bytes[0] = (byte) first;
    System.arraycopy(rest, 0, bytes, 1, rest.length);
    return bytes;
  }

  /** Whatever the texts of an event are, every step of enrichment comes to its end. */
  private static final class EnrichedTexts {
    private Enricher enricher;

    void holdsFor(String text) {
      List<String> lines = text.lines().limit(20).toList();
      if (enricher == null) {
        enricher = new Enricher(EnrichmentSources.load());
      }
      ClickEvent event = event(lines);
      long before = failures();
      enricher.bot(event);
      Enrichment found = enricher.enrich(event);
      Require.same(before, failures(), "failed steps");
      byte[] click = ClickEventCodec.encode(event);
      byte[] record = EnrichedClickCodec.encode(click, found);
      Require.that(EnrichedClickCodec.decode(record) instanceof Decoded.Value, "is decoded");
      Require.that(
          record.length - click.length < MOST_FOUND_BYTES,
          "enrichment adds " + (record.length - click.length) + " bytes");
    }

    private long failures() {
      long sum = 0;
      for (EnrichmentStep step : EnrichmentStep.values()) {
        sum += enricher.failures(step);
      }
      return sum;
    }

    /** With texts as long as the collector lets them be. */
    private static ClickEvent event(List<String> lines) {
      return new ClickEvent(
          "id",
          SITE,
          new VisitorId("v"),
          io.millrace.model.EventType.PAGE,
          "",
          cut(at(lines, 0), EventField.URL),
          cut(at(lines, 1), EventField.REFERRER),
          "",
          "",
          "",
          NOW.toEpochMilli(),
          0,
          0,
          NOW.toEpochMilli(),
          cut(at(lines, 5), EventField.IP),
          cut(at(lines, 2), EventField.USER_AGENT),
          cut(at(lines, 3), EventField.LANGUAGE),
          cut(at(lines, 4), EventField.SCREEN),
          "",
          false,
          new ClientHints(at(lines, 6), "", at(lines, 7), at(lines, 8), "", "").plausible());
    }

    private static String cut(String text, EventField field) {
      return text.substring(0, Math.min(text.length(), field.maxLength()));
    }
  }
}
