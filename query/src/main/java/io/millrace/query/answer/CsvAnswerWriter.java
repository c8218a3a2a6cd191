package io.millrace.query.answer;

import io.millrace.query.json.JsonDocument;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateJson;
import io.millrace.views.AggregateValue;
import io.millrace.views.Dimension;
import io.millrace.views.Hop;
import io.millrace.views.ReadColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the rows of an answer as {@link CsvLines}. Safe for any number of threads. */
public final class CsvAnswerWriter {
  private CsvAnswerWriter() {}

  public static byte[] write(ViewAnswer answer) {
    ViewQuestion question = answer.question();
    var csv = new StringBuilder();
    CsvLines.append(header(question), csv);
    answer.rows().forEach(row -> CsvLines.append(cells(question, row), csv));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> header(ViewQuestion question) {
    var names = new ArrayList<String>();
    question.plan().groupDimensions().stream().map(Dimension::label).forEach(names::add);
    if (question.isSeries()) {
      names.add("time");
    }
    if (question.hop().isPresent()) {
      names.add("window_end");
    }
    question.plan().readColumns().forEach(column -> names.addAll(columns(column)));
    names.add("final");
    return names;
  }

  private static List<String> cells(ViewQuestion question, AnswerRow row) {
    var cells = new ArrayList<String>();
    row.dimensions().stream().map(CsvLines::withoutFormula).forEach(cells::add);
    if (question.isSeries()) {
      cells.add(Instant.ofEpochMilli(row.windowStart()).toString());
    }
    Hop hop = question.hop().orElse(null);
    if (hop != null) {
      cells.add(Instant.ofEpochMilli(hop.windowEnd(row.windowStart())).toString());
    }
    List<ReadColumn> columns = question.plan().readColumns();
    for (int i = 0; i < columns.size(); i++) {
      cells.addAll(cells(columns.get(i), row.values().get(i)));
    }
    cells.add(Boolean.toString(row.isFinal()));
    return cells;
  }

  /** One for each quantile, and one for anything else. */
  private static List<String> columns(ReadColumn column) {
    return column instanceof ReadColumn.OfAggregate(int _, Aggregate.QuantileOf quantiles)
        ? quantiles.labels().stream().map(label -> column.name() + "_" + label).toList()
        : List.of(column.name());
  }

  /** As many as the column has here. A list of texts is one cell, as JSON. */
  private static List<String> cells(ReadColumn column, AggregateValue value) {
    return switch (value) {
      case AggregateValue.Unknown() -> Collections.nCopies(columns(column).size(), "");
      case AggregateValue.Single(var number) -> List.of(number.toPlainString());
      case AggregateValue.ByRank(var quantiles) ->
          quantiles.stream().map(quantile -> quantile.number().toPlainString()).toList();
      case AggregateValue.Ranking ranking ->
          List.of(
              new String(
                  JsonDocument.write(json -> AggregateJson.write(ranking, json)),
                  StandardCharsets.UTF_8));
    };
  }
}
