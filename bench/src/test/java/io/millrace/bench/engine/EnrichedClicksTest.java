package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichedClicksTest {
  private static final Clicks CLICKS = new Clicks(50, 0, 1_700_000_000_000L);

  private final EnrichedClicks.Comparison comparison = new EnrichedClicks.Comparison(CLICKS);

  @Test
  void findsNothingWrongWithEachClickOnceInAnyOrder() {
    events().reversed().forEach(event -> comparison.take(enriched(event)));

    assertThat(comparison.goesOn()).isFalse();
    assertThat(comparison.wrong()).isEmpty();
  }

  @Test
  void missesWhatHasNotCome() {
    events().stream().skip(2).forEach(event -> comparison.take(enriched(event)));

    assertThat(comparison.goesOn()).isTrue();
    assertThat(comparison.wrong()).contains("2 enriched clicks are missing");
  }

  @Test
  void noticesAClickThatCameTwice() {
    events().forEach(event -> comparison.take(enriched(event)));

    comparison.take(enriched(events().getFirst()));

    assertThat(comparison.wrong()).contains("passed on twice: click-0");
  }

  @Test
  void noticesAFieldThatTheRulesHaveOtherwise() {
    EnrichedJsonClick click = JsonClick.of(events().getFirst()).enriched();
    var other =
        new EnrichedJsonClick(
            click.id(),
            click.site(),
            click.visitor(),
            click.url(),
            click.referrer(),
            click.title(),
            click.agent(),
            click.address(),
            click.language(),
            click.screen(),
            click.time(),
            click.path(),
            click.country(),
            click.device(),
            "Another browser",
            click.referrerHost());

    comparison.take(Json.write(other));

    assertThat(comparison.wrong()).get().asString().contains("Another browser");
  }

  private static byte[] enriched(ClickEvent event) {
    return Json.write(JsonClick.of(event).enriched());
  }

  private static List<ClickEvent> events() {
    var events = new ArrayList<ClickEvent>();
    CLICKS.forEach(events::add);
    return events;
  }
}
