package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Sends statements in SQL to a running Millrace. */
public final class SqlProbe {
  private final HttpProbe http;

  public SqlProbe(HttpProbe http) {
    this.http = http;
  }

  /** The answer as it comes. */
  public HttpAnswer send(String sql) {
    return http.post(
        "/api/v1/sql",
        "application/json",
        JsonNodeFactory.instance.objectNode().put("sql", sql).toString());
  }

  /**
   * The rows of a statement that has to succeed; values as JSON shows them, texts without quotes.
   */
  public List<List<String>> rows(String sql) {
    HttpAnswer answer = send(sql);
    assertThat(answer.status()).as("%s%n%s", sql, answer.body()).isEqualTo(200);
    var rows = new ArrayList<List<String>>();
    for (JsonNode row : answer.json().path("rows")) {
      var values = new ArrayList<String>();
      row.forEach(value -> values.add(value.asText()));
      rows.add(values);
    }
    return rows;
  }

  /** What a statement is refused with. */
  public JsonNode error(String sql) {
    HttpAnswer answer = send(sql);
    assertThat(answer.status()).as("%s%n%s", sql, answer.body()).isGreaterThanOrEqualTo(400);
    return answer.json().path("error");
  }

  /** What SHOW VIEWS says of a view; nothing where there is none. */
  public List<String> states(String view) {
    return rows("SHOW VIEWS").stream()
        .filter(row -> row.getFirst().equals(view))
        .map(row -> row.get(1))
        .toList();
  }
}
