package io.millrace.testing.cases;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlAnswerWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer as a table in Markdown: texts as they are, what is not known as NULL, and everything
 * else as in JSON. Made of what clients are sent.
 */
final class CaseTable {
  /** Keeps the decimals that are sent, zeros too. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private CaseTable() {}

  /**
   * The lines of the table.
   *
   * @param isOrdered whether the query says in which order the rows are; if not, they are sorted
   */
  static List<String> of(SqlAnswer answer, boolean isOrdered) {
    JsonNode sent = parsed(SqlAnswerWriter.json(answer));
    List<String> columns = new ArrayList<>();
    sent.get("columns").forEach(column -> columns.add(escaped(column.get("name").asText())));
    List<String> rows = new ArrayList<>();
    sent.get("rows").forEach(row -> rows.add(line(cells(row))));
    if (!isOrdered) {
      rows.sort(null);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns));
    lines.add("|" + "---|".repeat(columns.size()));
    lines.addAll(rows);
    return lines;
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static List<String> cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    row.forEach(cell -> cells.add(cell(cell)));
    return cells;
  }

  private static String cell(JsonNode value) {
    if (value.isNull()) {
      return "NULL";
    }
    if (value.isBigDecimal()) {
      return value.decimalValue().toPlainString();
    }
    return escaped(value.isTextual() ? value.asText() : value.toString());
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n");
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
