package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ClickEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class JsonEnricherTest {
  private final JsonEnricher<String> enricher = new JsonEnricher<>(url -> "about " + url);

  @Test
  void writesToTheByteWhatTheArticleWrites() {
    new Clicks(5_000, 0.1, 1_700_000_000_000L)
        .forEach(
            event -> {
              byte[] click = Format.JSON.encode(event);
              byte[] article = Json.write(Json.read(click, JsonClick.class).enriched());

              assertThat(text(enricher.enrich(click).json())).isEqualTo(text(article));
            });
  }

  @Test
  void keepsTextsThatHaveToBeEscaped() {
    byte[] click =
        Json.write(
            new JsonClick(
                "1",
                "shop.example",
                "v",
                "https://shop.example/a\"b\\ü\n",
                "https://\"friends\".example/",
                "ti\"tle}",
                "agent \\ Mobile",
                "",
                "de-\"DE",
                "",
                7));

    EnrichedJsonClick enriched = Json.read(enricher.enrich(click).json(), EnrichedJsonClick.class);

    assertThat(enriched).isEqualTo(Json.read(click, JsonClick.class).enriched());
  }

  @Test
  void tellsWhatIsKnownOfTheUrl() {
    byte[] click = Format.JSON.encode(first());

    assertThat(enricher.enrich(click).page()).isEqualTo("about " + first().url());
    assertThat(enricher.enrich(click).page()).isSameAs(enricher.enrich(click).page());
  }

  @Test
  void refusesWhatIsNoClick() {
    assertThatThrownBy(() -> enricher.enrich("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static ClickEvent first() {
    var all = new ArrayList<ClickEvent>();
    new Clicks(1, 0, 1_700_000_000_000L).forEach(all::add);
    return all.getFirst();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
