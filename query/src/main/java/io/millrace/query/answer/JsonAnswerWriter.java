package io.millrace.query.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.query.json.CompletenessJson;
import io.millrace.query.json.JsonDocument;
import io.millrace.views.AggregateJson;
import io.millrace.views.Dimension;
import io.millrace.views.Hop;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes an answer as JSON. Safe for any number of threads. */
public final class JsonAnswerWriter {
  private JsonAnswerWriter() {}

  public static byte[] write(ViewAnswer answer) {
    return JsonDocument.write(json -> writeAnswer(answer, json));
  }

  private static void writeAnswer(ViewAnswer answer, JsonGenerator json) throws IOException {
    ViewQuestion question = answer.question();
    json.writeStartObject();
    json.writeStringField("view", question.plan().name());
    JsonDocument.writeText(
        "site", Optional.of(question.site()).filter(site -> !site.isEmpty()), json);
    JsonDocument.writeText("from", question.span().from().map(Instant::toString), json);
    JsonDocument.writeText("to", question.span().to().map(Instant::toString), json);
    JsonDocument.writeText("covered_from", answer.coveredFrom().map(Instant::toString), json);
    JsonDocument.writeText("covered_to", answer.coveredTo().map(Instant::toString), json);
    json.writeStringField("grain", QuestionParser.labelOf(question.grain()));
    json.writeStringField("watermark", answer.watermark().toString());
    JsonDocument.writeText("final_until", answer.finalUntil().map(Instant::toString), json);
    json.writeBooleanField("final", answer.isFinal());
    CompletenessJson.write(answer.completeness(), json);
    writeAggregates(question.plan(), json);
    json.writeArrayFieldStart("rows");
    for (AnswerRow row : answer.rows()) {
      writeRow(question, row, json);
    }
    json.writeEndArray();
    json.writeNumberField("groups", answer.groups());
    json.writeBooleanField("truncated", answer.isTruncated());
    json.writeEndObject();
  }

  private static void writeAggregates(ViewPlan plan, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("aggregates");
    for (ReadColumn column : plan.readColumns()) {
      AggregateKind kind = AggregateKind.of(column);
      json.writeObjectFieldStart(column.name());
      json.writeStringField("kind", kind.label());
      OptionalDouble error = kind.error();
      if (error.isPresent()) {
        json.writeNumberField("error", error.getAsDouble());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeRow(ViewQuestion question, AnswerRow row, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    List<Dimension> fields = question.plan().groupDimensions();
    for (int i = 0; i < fields.size(); i++) {
      json.writeStringField(fields.get(i).label(), row.dimensions().get(i));
    }
    if (question.isSeries()) {
      json.writeStringField("time", Instant.ofEpochMilli(row.windowStart()).toString());
    }
    Hop hop = question.hop().orElse(null);
    if (hop != null) {
      json.writeStringField(
          "window_end", Instant.ofEpochMilli(hop.windowEnd(row.windowStart())).toString());
    }
    List<ReadColumn> columns = question.plan().readColumns();
    for (int i = 0; i < row.values().size(); i++) {
      json.writeFieldName(columns.get(i).name());
      AggregateJson.write(row.values().get(i), json);
    }
    json.writeBooleanField("final", row.isFinal());
    json.writeEndObject();
  }
}
