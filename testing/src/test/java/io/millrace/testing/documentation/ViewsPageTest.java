package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.answer.AggregateKind;
import io.millrace.query.answer.QuestionParser;
import io.millrace.views.Aggregate;
import io.millrace.views.Field;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ViewsPageTest {
  private final Page page = Page.read("reference/views.md");

  @Test
  void thePageHasARowForEachViewAndNoMore() {
    assertThat(page.table("view", "per site", "dimensions", "grains", "aggregates", "topic"))
        .containsExactlyElementsOf(
            ViewCatalog.builtIn().plans().stream().map(ViewsPageTest::row).toList());
  }

  @Test
  void thePageExplainsEachDimension() {
    List<String> dimensions =
        ViewCatalog.builtIn().plans().stream()
            .flatMap(plan -> plan.groupFields().stream())
            .map(Field::label)
            .distinct()
            .toList();

    assertThat(page.column(0, "dimension", "values"))
        .containsExactlyInAnyOrderElementsOf(dimensions);
  }

  private static List<String> row(ViewPlan plan) {
    return List.of(
        plan.name(),
        plan.isPerSite() ? "yes" : "no",
        listed(plan.groupFields().stream().map(Field::label).toList()),
        listed(QuestionParser.grainsOf(plan)),
        listed(plan.aggregates().stream().map(ViewsPageTest::aggregate).toList()),
        plan.topic().orElse("–"));
  }

  private static String aggregate(Aggregate aggregate) {
    return aggregate.name() + " (" + AggregateKind.of(aggregate).label() + ")";
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "–" : names.stream().collect(Collectors.joining(", "));
  }
}
