package io.millrace.query.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.query.answer.CsvLines;
import io.millrace.query.json.CompletenessJson;
import io.millrace.query.json.JsonDocument;
import io.millrace.views.AggregateJson;
import io.millrace.views.AggregateValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON, as a JSON value a line, or as CSV. Safe for any number of threads. */
public final class SqlAnswerWriter {
  private static final int MOST_ZEROS = 20;

  private SqlAnswerWriter() {}

  /** One object. */
  public static byte[] json(SqlAnswer answer) {
    return JsonDocument.write(
        json -> {
          json.writeStartObject();
          writeColumns(answer, json);
          json.writeArrayFieldStart("rows");
          for (List<Object> row : answer.rows()) {
            writeList(row, json);
          }
          json.writeEndArray();
          writeEnd(answer, json);
          json.writeEndObject();
        });
  }

  /**
   * A line with the columns, one for each row, and a last one that says whether there were more.
   */
  public static byte[] lines(SqlAnswer answer) {
    var lines = new ByteArrayOutputStream();
    writeLine(
        lines,
        json -> {
          json.writeStartObject();
          writeColumns(answer, json);
          json.writeEndObject();
        });
    answer.rows().forEach(row -> writeLine(lines, json -> writeList(row, json)));
    writeLine(
        lines,
        json -> {
          json.writeStartObject();
          writeEnd(answer, json);
          json.writeEndObject();
        });
    return lines.toByteArray();
  }

  /** One value of an answer. */
  public static String json(@Nullable Object value) {
    return new String(JsonDocument.write(json -> write(value, json)), StandardCharsets.UTF_8);
  }

  /** A line with the names of the columns, and one for each row; null is nothing. */
  public static byte[] csv(SqlAnswer answer) {
    var csv = new StringBuilder();
    CsvLines.append(
        answer.columns().stream().map(column -> CsvLines.withoutFormula(column.name())).toList(),
        csv);
    answer
        .rows()
        .forEach(row -> CsvLines.append(row.stream().map(SqlAnswerWriter::cell).toList(), csv));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One row, a list of its values. */
  public static void writeRow(List<Object> row, JsonGenerator json) throws IOException {
    writeList(row, json);
  }

  private static void writeLine(ByteArrayOutputStream lines, JsonDocument.Content content) {
    lines.writeBytes(JsonDocument.write(content));
    lines.write('\n');
  }

  private static void writeColumns(SqlAnswer answer, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("columns");
    for (SqlAnswer.Column column : answer.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEnd(SqlAnswer answer, JsonGenerator json) throws IOException {
    json.writeBooleanField("truncated", answer.isTruncated());
    CompletenessJson.write(answer.completeness(), json);
    json.writeNumberField("elapsed_ms", answer.elapsed().toMillis());
  }

  private static void writeList(List<?> values, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Object value : values) {
      write(value, json);
    }
    json.writeEndArray();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Boolean truth -> json.writeBoolean(truth);
      case Number number -> writeNumber(number, json);
      case AggregateValue said -> AggregateJson.write(said, json);
      case List<?> list -> writeList(list, json);
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(entry.getValue(), json);
        }
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }

  private static void writeNumber(Number number, JsonGenerator json) throws IOException {
    String text = text(number);
    if (text.isEmpty()) {
      json.writeNull();
    } else {
      json.writeNumber(text);
    }
  }

  /** As JSON has it; empty for what is no number. */
  private static String text(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal.toPlainString();
      case Double real -> real(real);
      case Float real -> real(Double.parseDouble(real.toString()));
      default -> number.toString();
    };
  }

  private static String real(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
    // Written out, a number of JSON is as long as its exponent is great.
    return Math.abs(decimal.scale()) <= MOST_ZEROS ? decimal.toPlainString() : decimal.toString();
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> text(number);
      case Boolean truth -> truth.toString();
      case String text -> CsvLines.withoutFormula(text);
      case AggregateValue.Single(BigDecimal number) -> number.toPlainString();
      case AggregateValue.Unknown() -> "";
      default -> json(value);
    };
  }
}
