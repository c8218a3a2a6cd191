package io.millrace.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private final EventParser parser = new EventParser(new EventLimits(1_000, 100_000, 5));

  @Test
  void everyFieldIsRead() {
    // When
    EventDraft draft =
        only(
            """
            {"id":"1","write_key":"k","type":"track","name":"buy","url":"http://a/","referrer":"r",
             "title":"t","user_id":"u","anonymous_id":"n","timestamp":"2026-03-01T12:00:00+01:00",
             "sent_at":1772362800000,"language":"de","screen":"1x2",
             "properties":{ "a" : [1, 2.50, null, true, {"b":"\\u00e4"}] },"ip":"192.0.2.1",
             "user_agent":"x"}
            """);

    // Then
    assertThat(draft.problem()).isEmpty();
    assertThat(draft.text(EventField.WRITE_KEY)).isEqualTo("k");
    assertThat(draft.text(EventField.NAME)).isEqualTo("buy");
    assertThat(draft.timestamp()).isEqualTo(1_772_362_800_000L);
    assertThat(draft.sentAt()).isEqualTo(1_772_362_800_000L);
    assertThat(draft.text(EventField.PROPERTIES))
        .isEqualTo("{\"a\":[1,2.50,null,true,{\"b\":\"ä\"}]}");
    assertThat(draft.text(EventField.USER_AGENT)).isEqualTo("x");
  }

  @Test
  void nullIsTheSameAsMissing() {
    EventDraft draft = only("{\"id\":null,\"url\":\"\",\"timestamp\":null,\"properties\":null}");

    assertThat(draft.problem()).isEmpty();
    assertThat(draft.has(EventField.ID)).isFalse();
  }

  @Test
  void anUnknownFieldIsRefusedByItsNameAndTheIdIsStillRead() {
    EventDraft draft = only("{\"userid\":{\"deep\":[1]},\"id\":\"x\"}");

    assertThat(draft.problem())
        .contains(new Refusal(RefusalKind.INVALID, "userid", "no event has this field"));
    assertThat(draft.text(EventField.ID)).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":7}",
        "{\"url\":[]}",
        "{\"timestamp\":true}",
        "{\"timestamp\":\"yesterday\"}",
        "{\"timestamp\":1772362800}",
        "{\"timestamp\":1e300}",
        "{\"timestamp\":-1}",
        "{\"timestamp\":\"2026-03-01T12:00:00\"}",
        "{\"timestamp\":\"+999999999-03-01T12:00:00Z\"}",
        "{\"properties\":[]}",
        "{\"properties\":\"{}\"}",
        "{\"properties\":{\"a\":1e999}}",
        "{\"properties\":{\"a\":\"\\u0000\"}}",
        "{\"title\":\"\\ud800\"}",
        "{\"title\":\"\\udc00\\ud800\"}",
        "{\"title\":\"a\\u0000b\"}",
        "7",
        "\"text\"",
        "null"
      })
  void aWellFormedValueThatIsNoEventSpoilsOnlyItself(String json) {
    List<EventDraft> drafts = drafts("[" + json + ",{\"id\":\"good\"}]");

    assertThat(drafts.getFirst().problem()).isPresent();
    assertThat(drafts.getLast().problem()).isEmpty();
    assertThat(drafts.getLast().text(EventField.ID)).isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}{}",
        "[{}",
        "[{},]",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"properties\":{\"a\":1,\"a\":2}}",
        "{\"properties\":{\"\\ud800\":1}}",
        "{'id':'a'}",
        "{\"id\":\"a\n\"}",
        "{\"id\":NaN}",
        "{\"timestamp\":01}",
        "// comment\n{}",
        "{} x",
        "\u0000",
        ""
      })
  void brokenJsonSpoilsTheRequest(String json) {
    assertThat(parse(json)).isInstanceOf(ParsedBody.Unusable.class);
  }

  @Test
  void depthAndNumbersAreBounded() {
    assertThat(parse("[".repeat(10_000))).isInstanceOf(ParsedBody.Unusable.class);
    assertThat(parse("{\"properties\":" + "{\"a\":".repeat(16) + "1" + "}".repeat(17)))
        .isInstanceOf(ParsedBody.Unusable.class);
    assertThat(parse("{\"properties\":{\"a\":" + "9".repeat(101) + "}}"))
        .isInstanceOf(ParsedBody.Unusable.class);
    assertThat(only("{\"properties\":" + "{\"a\":".repeat(15) + "1" + "}".repeat(16)).problem())
        .isEmpty();
  }

  @Test
  void anEventOfTooManyBytesIsRefusedAloneWhereItsEndIsKnown() {
    String large = "{\"id\":\"large\",\"properties\":{\"a\":\"" + "x".repeat(1_000) + "\"}}";

    List<EventDraft> drafts = drafts("[" + large + ",{}]");

    assertThat(drafts.getFirst().problem().map(Refusal::kind)).contains(RefusalKind.TOO_LARGE);
    assertThat(drafts.getFirst().text(EventField.ID)).isEqualTo("large");
    assertThat(drafts.getLast().problem()).isEmpty();
    assertThat(drafts(large + "\n{}").getFirst().problem().map(Refusal::kind))
        .contains(RefusalKind.TOO_LARGE);
  }

  @Test
  void moreEventsThanAllowedAreRefusedTogether() {
    assertThat(drafts("[{},{},{},{},{}]")).hasSize(5);
    assertThat(parse("[{},{},{},{},{},{}]")).isInstanceOf(ParsedBody.Unusable.class);
    assertThat(parse("{}\n".repeat(6))).isInstanceOf(ParsedBody.Unusable.class);
  }

  @Test
  void linesAreRecognisedWithoutATellingType() {
    assertThat(drafts("{\"id\":\"1\"}\n {\"id\":\"2\"} \r\n\n{\"id\":\n")).hasSize(3);
    assertThat(drafts("{\n\"id\":\n\"1\"}\n")).hasSize(1);
    assertThat(drafts("{\"id\":\"1\"}\n")).hasSize(1);
  }

  @Test
  void aBrokenLineSpoilsOnlyItself() {
    List<EventDraft> drafts = drafts("{\"id\":\"1\"}\n{\"id\":}\n{}{}\n[{}]\n{\"id\":\"5\"}");

    assertThat(drafts.stream().map(draft -> draft.problem().isPresent()))
        .containsExactly(false, true, true, true, false);
  }

  @Test
  void aMillionKeysAreRefused() {
    var keys = new StringBuilder("{\"properties\":{\"k\":0");
    for (int i = 0; keys.length() < 90_000; i++) {
      keys.append(",\"k").append(i).append("\":").append(i);
    }
    keys.append("}}");

    assertThat(only(keys.toString()).problem().map(Refusal::kind)).contains(RefusalKind.TOO_LARGE);
  }

  @Property(tries = 2_000)
  void arbitraryBytesNeverThrow(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean lines) {
    assertThat(parser.parse(bytes, lines)).isNotNull();
  }

  @Property(tries = 2_000)
  void damagedEventsNeverThrow(
      @ForAll @IntRange(max = 130) int position, @ForAll byte damage, @ForAll boolean lines) {
    byte[] bytes =
        """
        [{"id":"1","url":"http://a/","timestamp":1772362800000,"properties":{"a":[1.5,"\\ud83d\\ude00"]}},{"id":"ä😀","type":"track"}]
        """
            .getBytes(StandardCharsets.UTF_8);
    bytes[Math.min(position, bytes.length - 1)] = damage;

    assertThat(parser.parse(bytes, lines)).isNotNull();
  }

  @Property
  void anyTextComesThroughOrIsRefused(@ForAll @Size(max = 100) List<Character> characters)
      throws Exception {
    var text = new StringBuilder();
    characters.forEach(text::append);
    String json =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writeValueAsString(java.util.Map.of("title", text.toString()));

    if (parse(json) instanceof ParsedBody.Drafts(var drafts)
        && drafts.getFirst().problem().isEmpty()) {
      assertThat(drafts.getFirst().text(EventField.TITLE)).isEqualTo(text.toString());
    }
  }

  private EventDraft only(String json) {
    List<EventDraft> drafts = drafts(json);
    assertThat(drafts).hasSize(1);
    return drafts.getFirst();
  }

  private List<EventDraft> drafts(String json) {
    return Optional.of(parse(json))
        .filter(ParsedBody.Drafts.class::isInstance)
        .map(body -> ((ParsedBody.Drafts) body).drafts())
        .orElseThrow(() -> new AssertionError("unusable: " + parse(json)));
  }

  private ParsedBody parse(String json) {
    return parser.parse(json.getBytes(StandardCharsets.UTF_8), false);
  }
}
