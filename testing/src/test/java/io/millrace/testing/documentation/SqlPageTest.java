package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import io.millrace.views.sql.language.StandardOperators;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlPageTest {
  private final Page page = Page.read("reference/sql.md");

  @Test
  void thePageHasEachFunctionOnce() {
    List<String> told =
        page.column(0, "functions", "give").stream()
            .flatMap(cell -> Arrays.stream(cell.split(", ")))
            .toList();

    assertThat(told).containsExactlyInAnyOrderElementsOf(StandardOperators.functionNames());
  }

  @Test
  void thePageHasEachOption() {
    assertThat(
            page.column(0, "option", "value").stream()
                .flatMap(cell -> Arrays.stream(cell.split(", "))))
        .containsExactlyInAnyOrderElementsOf(ViewCompiler.options());
  }

  @Test
  void theStatementsOfThePageAreViews() {
    List<ViewPlan> plans =
        page.blocks("sql").stream()
            .map(statement -> ViewCompiler.define(statement, List.of()))
            .toList();

    assertThat(plans).extracting(ViewPlan::name).containsExactly("checkout");
    assertThat(plans.getFirst().reading().having()).isPresent();
  }

  @Test
  void theWindowsOfThePageAreWindowsOfViews() {
    List<String> windows =
        page.column(0, "windows", "are").stream().filter(cell -> cell.contains("(")).toList();

    assertThat(windows)
        .hasSize(2)
        .allSatisfy(
            window ->
                assertThat(
                        ViewCompiler.define(
                                "CREATE MATERIALIZED VIEW v AS SELECT window_start, window_end,"
                                    + " COUNT(*) AS n FROM TABLE("
                                    + window
                                    + ") GROUP BY window_start, window_end",
                                List.of())
                            .windows()
                            .grains())
                    .hasSize(3));
  }
}
