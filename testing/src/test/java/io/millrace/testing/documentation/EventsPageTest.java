package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.event.EventField;
import io.millrace.collector.event.RefusalKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventsPageTest {
  private final Page page = Page.read("reference/events.md");

  @Test
  void thePageHasEachFieldOfAnEventWithItsLimit() {
    Map<String, String> limits =
        Arrays.stream(EventField.values())
            .collect(Collectors.toMap(EventField::label, EventsPageTest::limit));

    assertThat(page.columns(0, 2, "field", "type", "at most", "meaning")).isEqualTo(limits);
  }

  @Test
  void thePageHasEachKindOfRefusal() {
    assertThat(page.column(0, "kind", "status", "reasons"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RefusalKind.values()).map(RefusalKind::label).toList());
  }

  private static String limit(EventField field) {
    return field.maxLength() == Integer.MAX_VALUE
        ? "the event"
        : String.format(Locale.ROOT, "%,d", field.maxLength());
  }
}
