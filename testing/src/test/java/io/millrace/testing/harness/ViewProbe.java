package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads views and books over HTTP, as any user would. Safe for any number of threads. */
public final class ViewProbe {
  private static final String ALL_ROWS = "limit=10000";

  private final HttpProbe http;

  public ViewProbe(HttpProbe http) {
    this.http = http;
  }

  /** All rows of a view. */
  public List<JsonNode> rows(String view, String parameters) {
    HttpAnswer answer =
        http.get(
            "/api/v1/views/"
                + view
                + '?'
                + ALL_ROWS
                + (parameters.isEmpty() ? "" : "&" + parameters));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.required("truncated").asBoolean()).as("truncated").isFalse();
    return json.required("rows").valueStream().toList();
  }

  /** A column of a view by another, added up where there are several rows. */
  public Map<String, Long> sums(String view, String parameters, String by, String aggregate) {
    var sums = new TreeMap<String, Long>();
    for (JsonNode row : rows(view, parameters)) {
      sums.merge(row.required(by).asText(), row.required(aggregate).asLong(), Long::sum);
    }
    return sums;
  }

  public BooksAnswer books() {
    HttpAnswer answer = http.get("/api/v1/audit");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return BooksAnswer.of(answer);
  }
}
