package io.millrace.streams.rollup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.views.AggregateJson;
import io.millrace.views.ViewPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The records of a view's own topic: the group as a readable key, the cell as a JSON object, such
 * as
 *
 * <pre>
 *   http://shop.example/cart   {"url":"http://shop.example/cart","clicks":42}
 * </pre>
 *
 * A view of one dimension and one window has the dimension's value as key; any other has the JSON
 * array of site, grain, window and dimensions, as far as it has them. A cell that says nothing any
 * more is a record without value.
 */
final class ViewTopic {
  private static final JsonFactory JSON = new JsonFactory();

  private final ViewPlan view;

  ViewTopic(ViewPlan view) {
    this.view = view;
  }

  /** The name of the sink that writes the topic of a view. */
  static String sinkOf(ViewPlan view) {
    return "view-" + view.name();
  }

  String sink() {
    return sinkOf(view);
  }

  byte[] recordKey(CellKey key) {
    if (!view.isPerSite() && key.grain() == Grain.ALL && key.dimensions().size() == 1) {
      return key.dimensions().getFirst().getBytes(StandardCharsets.UTF_8);
    }
    return json(
        out -> {
          out.writeStartArray();
          if (view.isPerSite()) {
            out.writeString(key.site());
          }
          if (key.grain() != Grain.ALL) {
            out.writeString(key.grain().label());
            out.writeString(Instant.ofEpochMilli(key.windowStart()).toString());
          }
          for (String dimension : key.dimensions()) {
            out.writeString(dimension);
          }
          out.writeEndArray();
        });
  }

  byte[] recordValue(CellKey key, Cell cell) {
    return json(
        out -> {
          out.writeStartObject();
          if (view.isPerSite()) {
            out.writeStringField("site", key.site());
          }
          if (key.grain() != Grain.ALL) {
            out.writeStringField("grain", key.grain().label());
            out.writeStringField("time", Instant.ofEpochMilli(key.windowStart()).toString());
          }
          for (int i = 0; i < key.dimensions().size(); i++) {
            out.writeStringField(view.groupDimensions().get(i).label(), key.dimensions().get(i));
          }
          for (int i = 0; i < view.aggregates().size(); i++) {
            out.writeFieldName(view.aggregates().get(i).name());
            AggregateJson.write(view.aggregates().get(i).value(cell.accumulator(i)), out);
          }
          out.writeEndObject();
        });
  }

  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Writing writing) {
    var bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot write JSON into memory", impossible);
    }
    return bytes.toByteArray();
  }
}
