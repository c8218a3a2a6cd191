package io.millrace.query.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.views.Completeness;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How much of the cells an answer was read from, as fields of a JSON object. */
public final class CompletenessJson {
  private CompletenessJson() {}

  /** Writes {@code cells}, and where something is lacking the partitions that it is lacking of. */
  public static void write(Completeness completeness, JsonGenerator json) throws IOException {
    json.writeStringField("cells", completeness.label());
    if (!completeness.stale().isEmpty()) {
      json.writeArrayFieldStart("stale_partitions");
      for (Map.Entry<Integer, Completeness.Lag> copy : completeness.stale().entrySet()) {
        json.writeStartObject();
        json.writeNumberField("partition", copy.getKey());
        json.writeNumberField("lag_records", copy.getValue().records());
        Optional<Duration> time = copy.getValue().time();
        if (time.isPresent()) {
          json.writeNumberField("lag_ms", time.get().toMillis());
        } else {
          json.writeNullField("lag_ms");
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!completeness.missing().isEmpty()) {
      json.writeArrayFieldStart("missing_partitions");
      for (int partition : completeness.missing()) {
        json.writeNumber(partition);
      }
      json.writeEndArray();
    }
  }
}
