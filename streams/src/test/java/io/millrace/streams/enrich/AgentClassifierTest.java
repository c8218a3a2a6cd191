package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClientHints;
import io.millrace.streams.judge.BotRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentClassifierTest {
  private static final Agent SOMEBODY =
      Agent.person("Desktop", "Some browser", "1", "Some system", "2");

  private final List<String> parsed = new ArrayList<>();
  private final AgentClassifier classifier = new AgentClassifier(this::parse);

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-"})
  void whoeverSendsNoAgentIsABot(String userAgent) {
    assertThat(classify(userAgent)).isEqualTo(Agent.bot(BotRule.NO_AGENT, ""));
    assertThat(parsed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytics-python/2.2.3", "analytics-node/6.0.0", "posthog-python/3.1"})
  void aServersReportIsOfSomebodyUnknown(String userAgent) {
    assertThat(classify(userAgent)).isEqualTo(Agent.UNKNOWN);
  }

  @Test
  void anAgentIsUnderstoodOnce() {
    assertThat(classify("A/1")).isEqualTo(SOMEBODY);
    assertThat(classify("A/1")).isEqualTo(SOMEBODY);

    assertThat(parsed).containsExactly("A/1");
  }

  @Test
  void aLongAgentIsCut() {
    classify("A".repeat(100_000));

    assertThat(parsed).containsExactly("A".repeat(AgentClassifier.LONGEST_AGENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a(b) ", "[{(", "a@b.c ", "http://a.b ", "a/", "/#", " - ", "\"|"})
  void whatKeepsAParserBusyIsABotsAndNotParsed(String part) {
    Agent agent = classify("Mozilla/5.0 " + part.repeat(80));

    assertThat(agent).isEqualTo(Agent.bot(BotRule.MALFORMED_AGENT, ""));
    assertThat(parsed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Mozilla/5.0 (Macintosh) Firefox/3.6 (FlipboardProxy/1.1), FlipboardProxy",
    "Mozilla/5.0 (compatible; MJ12bot/v1.4.4), MJ12bot",
    "SomethingNew/1.0 Twitterbot, Twitterbot"
  })
  void whomTheParserTakesForAPersonMayBeOnTheList(String userAgent, String name) {
    assertThat(classify(userAgent)).isEqualTo(Agent.bot(BotRule.AGENT_LIST, name));
  }

  @Test
  void oneAgentWithOtherHintsIsAnotherClient() {
    var windows = new ClientHints("", "", "?0", "\"Windows\"", "", "");

    classifier.classify("A/1", windows);
    classifier.classify("A/1", new ClientHints("", "", "?0", "\"Windows\"", "", ""));
    classify("A/1");

    assertThat(parsed).containsExactly("A/1 ?0 \"Windows\"", "A/1");
  }

  @Test
  void hintsThatNoBrowserSendsAreNotParsed() {
    classifier.classify("A/1", new ClientHints("x\"", "", "?2", "\"Windows\"", "1", ""));
    classifier.classify("A/2", new ClientHints("", "", "?1", "", "", "\"" + "m".repeat(70) + '"'));

    assertThat(parsed).containsExactly("A/1 \"Windows\"", "A/2");
  }

  private Agent classify(String userAgent) {
    return classifier.classify(userAgent, ClientHints.NONE);
  }

  private Agent parse(String userAgent, ClientHints hints) {
    parsed.add(
        Stream.of(
                userAgent,
                hints.brands(),
                hints.fullVersions(),
                hints.mobile(),
                hints.platform(),
                hints.platformVersion(),
                hints.model())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" ")));
    return SOMEBODY;
  }
}
