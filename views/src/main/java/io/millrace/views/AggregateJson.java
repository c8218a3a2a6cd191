package io.millrace.views;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.model.cell.FrequentItems;
import java.io.IOException;

/**
 * Aggregates as JSON, the same in answers and in the topics of views: a number, null where nothing
 * is known, an object of quantiles, or a list of texts.
 *
 * <pre>
 *   12      null      {"p50":3,"p99":41}      [{"value":"/cart","count":12}]
 * </pre>
 *
 * <p>A text has an {@code error}, by how much its count may be too high, where that is not 0.
 */
public final class AggregateJson {
  private AggregateJson() {}

  /** Writes a value where the generator stands. */
  public static void write(AggregateValue value, JsonGenerator json) throws IOException {
    switch (value) {
      case AggregateValue.Unknown() -> json.writeNull();
      case AggregateValue.Single(var number) -> json.writeNumber(number.toPlainString());
      case AggregateValue.ByRank(var quantiles) -> {
        json.writeStartObject();
        for (AggregateValue.Quantile quantile : quantiles) {
          json.writeFieldName(quantile.label());
          json.writeNumber(quantile.number().toPlainString());
        }
        json.writeEndObject();
      }
      case AggregateValue.Ranking ranking -> writeItems(ranking, json);
    }
  }

  private static void writeItems(AggregateValue.Ranking ranking, JsonGenerator json)
      throws IOException {
    json.writeStartArray();
    for (FrequentItems.Item item : ranking.items()) {
      json.writeStartObject();
      json.writeStringField("value", item.value());
      json.writeNumberField("count", item.count());
      if (ranking.error() > 0) {
        json.writeNumberField("error", ranking.error());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
