package io.millrace.server.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.query.answer.CsvLines;
import io.millrace.server.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a push query, each as it comes. Rows of views have a first column that tells
 * of those that are gone. For one thread.
 */
final class PushWriter {
  private static final String GONE = "gone";

  private final Screen screen;
  private final AnswerFormat format;
  private final boolean tellsGone;
  private final List<Column> columns = new ArrayList<>();
  private @Nullable ResultTable table;
  private long rows;

  PushWriter(Screen screen, AnswerFormat format, boolean tellsGone) {
    this.screen = screen;
    this.format = format;
    this.tellsGone = tellsGone;
  }

  /** Begins; once, however often the stream does. */
  void columns(JsonNode event) {
    if (!columns.isEmpty()) {
      return;
    }
    if (tellsGone && format != AnswerFormat.NDJSON) {
      columns.add(new Column(GONE, ""));
    }
    for (JsonNode column : event.path("columns")) {
      columns.add(new Column(column.path("name").asText(), column.path("type").asText()));
    }
    switch (format) {
      case TABLE, JSON -> {
        // The head waits for the first rows, which tell how wide it is.
      }
      case CSV ->
          csv(columns.stream().map(column -> CsvLines.withoutFormula(column.name())).toList());
      case NDJSON -> line("{\"columns\":" + event.path("columns") + "}");
    }
    screen.out().flush();
  }

  /** Shows what is new, and what is gone. */
  void rows(JsonNode event) {
    switch (format) {
      case TABLE, JSON -> table(event);
      case CSV -> {
        event.path(GONE).forEach(row -> csv(values(row, true)));
        event.path("rows").forEach(row -> csv(values(row, false)));
      }
      case NDJSON -> {
        if (event.has(GONE)) {
          line("{\"gone\":" + event.path(GONE) + "}");
        }
        event.path("rows").forEach(row -> line(row.toString()));
      }
    }
    rows += event.path("rows").size();
    screen.out().flush();
  }

  /** The end, by whomever. */
  void end() {
    if (format == AnswerFormat.TABLE && !columns.isEmpty()) {
      screen.out().println(rows == 1 ? "(1 row)" : String.format(Locale.ROOT, "(%,d rows)", rows));
    }
    screen.out().flush();
  }

  private void table(JsonNode event) {
    var shown = new ArrayList<List<Cell>>();
    event.path(GONE).forEach(row -> shown.add(shown(row, true)));
    event.path("rows").forEach(row -> shown.add(shown(row, false)));
    ResultTable known = table;
    if (known == null && !shown.isEmpty()) {
      known = new ResultTable(columns, shown, screen.width().getAsInt());
      table = known;
      known.head().forEach(screen.out()::println);
    }
    if (known != null) {
      for (List<Cell> row : shown) {
        screen.out().println(known.line(row));
      }
    }
  }

  private List<Cell> shown(JsonNode row, boolean isGone) {
    return cells(row, isGone).stream().map(PushWriter::cell).toList();
  }

  private List<String> values(JsonNode row, boolean isGone) {
    return cells(row, isGone).stream()
        .map(value -> value.isTextual() ? CsvLines.withoutFormula(text(value)) : text(value))
        .toList();
  }

  /** The values of a row, after whether it is gone. */
  private List<JsonNode> cells(JsonNode row, boolean isGone) {
    var cells = new ArrayList<JsonNode>();
    if (tellsGone) {
      cells.add(TextNode.valueOf(isGone ? GONE : ""));
    }
    row.forEach(cells::add);
    return cells;
  }

  private static Cell cell(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> Cell.NULL;
      case NUMBER -> Cell.number(value.asText());
      default -> Cell.text(text(value));
    };
  }

  private static String text(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "";
      case NUMBER, BOOLEAN -> value.asText();
      case STRING -> value.textValue();
      default -> value.toString();
    };
  }

  private void csv(List<String> cells) {
    var line = new StringBuilder();
    CsvLines.append(cells, line);
    screen.out().print(screen.isTerminal() ? SafeText.of(line.toString().strip()) + "\n" : line);
  }

  private void line(String json) {
    screen.out().println(screen.isTerminal() ? SafeText.of(json) : json);
  }
}
