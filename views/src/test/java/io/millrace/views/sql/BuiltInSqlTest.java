package io.millrace.views.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.views.BuiltInViews;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown as SQL of a built-in view is what the view is. */
class BuiltInSqlTest {

  @ParameterizedTest
  @MethodSource
  void theStatementOfABuiltInViewIsItsPlan(ViewPlan plan) throws IOException {
    assertThat(ViewCompiler.compile(statement(plan.name()))).isEqualTo(plan);
  }

  /** All but the books, which are no question about events but the account of the log. */
  static Stream<ViewPlan> theStatementOfABuiltInViewIsItsPlan() {
    return ViewCatalog.builtIn().plans().stream()
        .filter(plan -> !plan.name().equals(BuiltInViews.BOOKS));
  }

  private static String statement(String view) throws IOException {
    try (InputStream file =
        ViewPlan.class.getResourceAsStream("/io/millrace/views/builtin/" + view + ".sql")) {
      assertThat(file).as(view).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
