package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.CollectorConfig;
import io.millrace.collector.HttpLimits;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.query.QueryConfig;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.session.SessionConfig;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final String NONE = "none";
  private final Page page = Page.read("reference/configuration.md");

  @Test
  void thePageHasEachSettingOfTheCollectorWithItsDefault() {
    assertThat(settings("collector")).isEqualTo(defaults(CollectorConfig.DEFAULTS));
  }

  @Test
  void theDefaultsOfTheCollectorCanBeWrittenAsThePageWritesThem() {
    Map<String, String> settings = new HashMap<>(settings("collector"));
    settings.replaceAll((key, value) -> value.equals(NONE) ? "" : value);

    assertThat(CollectorConfig.of(settings)).isEqualTo(CollectorConfig.DEFAULTS);
  }

  @Test
  void thePageHasEachLimitOfTheHttpServer() {
    assertThat(settings("HTTP server")).isEqualTo(defaults(HttpLimits.DEFAULTS));
  }

  @Test
  void thePageHasEachSettingOfQueriesWithItsDefault() {
    assertThat(settings("queries")).isEqualTo(defaults(QueryConfig.defaults()));
  }

  @Test
  void thePageHasEachSettingOfPushQueriesWithItsDefault() {
    assertThat(settings("push queries")).isEqualTo(defaults(PushConfig.defaults()));
  }

  @Test
  void thePageHasEachSettingOfTheJudgeWithItsDefault() {
    assertThat(settings("judge")).isEqualTo(defaults(JudgeConfig.DEFAULT));
  }

  @Test
  void thePageHasEachSettingOfSessionsWithItsDefault() {
    assertThat(settings("sessions")).isEqualTo(defaults(SessionConfig.DEFAULT));
  }

  private Map<String, String> settings(String part) {
    return page.columns(0, 1, part, "default", "meaning");
  }

  private static Map<String, String> defaults(Record config) {
    var defaults = new HashMap<String, String>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      defaults.put(key(component), text(value(config, component)));
    }
    return defaults;
  }

  /** As settings are written: {@code maxEventBytes} is {@code max-event-bytes}. */
  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Object value(Record config, RecordComponent component) {
    try {
      return component.getAccessor().invoke(config);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the components of a public record are public", impossible);
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case Duration duration ->
          duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
      case TrustedProxies proxies when proxies.blocks().isEmpty() -> NONE;
      default -> String.valueOf(value);
    };
  }
}
