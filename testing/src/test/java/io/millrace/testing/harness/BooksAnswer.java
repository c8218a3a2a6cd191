package io.millrace.testing.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code /api/v1/audit} said.
 *
 * @param outcomes of all partitions together, by label
 */
public record BooksAnswer(
    boolean balanced, long accepted, long pending, Map<String, Long> outcomes, String text) {

  static BooksAnswer of(HttpAnswer answer) {
    JsonNode json = answer.json();
    var outcomes = new TreeMap<String, Long>();
    for (JsonNode partition : json.path("partitions")) {
      partition
          .path("outcomes")
          .properties()
          .forEach(each -> outcomes.merge(each.getKey(), each.getValue().asLong(), Long::sum));
    }
    return new BooksAnswer(
        json.required("balanced").asBoolean(),
        json.required("accepted").asLong(),
        json.required("pending").asLong(),
        outcomes,
        answer.body());
  }

  public long outcome(String label) {
    return outcomes.getOrDefault(label, 0L);
  }

  @Override
  public String toString() {
    return text;
  }
}
