package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.Grain;
import io.millrace.query.answer.AggregateKind;
import io.millrace.query.answer.QuestionParser;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.time.Duration;
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
            .flatMap(plan -> plan.groupDimensions().stream())
            .map(Dimension::label)
            .distinct()
            .toList();

    assertThat(page.column(0, "dimension", "values"))
        .containsExactlyInAnyOrderElementsOf(dimensions);
  }

  @Test
  void thePageTellsHowLongEachGrainIsKeptInAllViews() {
    for (ViewPlan plan : ViewCatalog.builtIn().plans()) {
      assertThat(page.table("grain", "kept after its end"))
          .as(plan.name())
          .containsAll(plan.grains().stream().map(grain -> kept(plan, grain)).toList());
    }
  }

  private static List<String> kept(ViewPlan plan, Grain grain) {
    Duration period = plan.retention().periods().get(grain);
    return List.of(
        grain == Grain.ALL ? "total" : grain.label(),
        period == null ? "for ever" : period.toDays() + " days");
  }

  private static List<String> row(ViewPlan plan) {
    return List.of(
        plan.name(),
        plan.isPerSite() ? "yes" : "no",
        listed(plan.groupDimensions().stream().map(Dimension::label).toList()),
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
