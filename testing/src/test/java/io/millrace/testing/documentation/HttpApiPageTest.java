package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.query.QueryService;
import io.millrace.query.error.QueryErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpApiPageTest {
  private final Page page = Page.read("reference/http-api.md");

  @Test
  void thePageHasARowForEachRouteOfTheDescriptionAndNoMore() throws IOException {
    assertThat(page.table("method", "path", "what").stream().map(row -> row.subList(0, 2)))
        .containsExactlyInAnyOrderElementsOf(routes());
  }

  @Test
  void thePageHasEachErrorOfAQuery() {
    assertThat(page.column(0, "code", "status", "when"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(QueryErrorCode.values()).map(QueryErrorCode::label).toList());
  }

  private static List<List<String>> routes() throws IOException {
    try (InputStream resource = QueryService.class.getResourceAsStream("openapi.json")) {
      assertThat(resource).as("the description of the interface").isNotNull();
      JsonNode paths = new ObjectMapper().readTree(resource).path("paths");
      return paths.properties().stream()
          .flatMap(
              path ->
                  path.getValue().properties().stream()
                      .map(
                          method ->
                              List.of(method.getKey().toUpperCase(Locale.ROOT), path.getKey())))
          .toList();
    }
  }
}
