package io.millrace.query.sql;

import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import io.millrace.query.testing.InMemoryCells;
import io.millrace.views.Aggregate;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.JudgedClick;
import io.millrace.views.Measure;
import io.millrace.views.NumericProperty;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import io.millrace.views.table.ReferenceTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Queries over the cells of clicks in memory, with the sites demo and other. */
final class SqlDesk {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:30.250Z");
  static final SqlLimits LIMITS = new SqlLimits(10_000, 2_000_000, 500_000, Duration.ofSeconds(60));

  private static final Filter EVERYTHING = new Filter.Everything();

  private static final Measure PRICE = NumericProperty.of("price").withDecimals(2);

  /** A view with every kind of aggregate that a click can have. */
  static final ViewPlan MIXED =
      new ViewPlan(
          "mixed",
          new Filter.HasOutcome(Outcome.COUNTED),
          List.of(Field.SITE, Field.PATH, Field.COUNTRY),
          EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY),
          List.of(
              new Aggregate.Count("events", EVERYTHING),
              new Aggregate.Count("page_views", new Filter.Is(Field.TYPE, EventType.PAGE.label())),
              new Aggregate.DistinctOf("visitors", EVERYTHING, Field.VISITOR),
              new Aggregate.MinOf("first_time", EVERYTHING, Field.RECEIVED_TIME),
              new Aggregate.MaxOf("last_time", EVERYTHING, Field.RECEIVED_TIME),
              new Aggregate.SumOf("time_sum", EVERYTHING, Field.RECEIVED_TIME),
              new Aggregate.AvgOf("mean_time", EVERYTHING, Field.RECEIVED_TIME),
              new Aggregate.QuantileOf(
                  "times", EVERYTHING, Field.RECEIVED_TIME, List.of(0.5, 0.99)),
              new Aggregate.TopOf("top_types", EVERYTHING, Field.TYPE, 2),
              new Aggregate.SumOf("revenue", EVERYTHING, PRICE),
              new Aggregate.MinOf("cheapest", EVERYTHING, PRICE),
              new Aggregate.AvgOf("mean_price", EVERYTHING, PRICE)),
          Optional.empty());

  final InMemoryCells cells;
  private final List<ReferenceTable> tables = new ArrayList<>();
  final SqlQueries queries;

  SqlDesk() {
    this(LIMITS);
  }

  SqlDesk(SqlLimits limits) {
    this(limits, () -> NOW);
  }

  SqlDesk(SqlLimits limits, InstantSource clock, ViewPlan... further) {
    var plans = new ArrayList<>(BuiltInViews.all());
    plans.add(MIXED);
    plans.addAll(List.of(further));
    var catalog = new ViewCatalog(plans);
    cells = new InMemoryCells(catalog);
    queries =
        new SqlQueries(
            () -> tables.isEmpty() ? catalog : catalog.with(tables),
            cells,
            () -> List.of("demo", "other"),
            clock,
            limits);
  }

  /** With views that are defined by statements too. */
  static SqlDesk withViews(String... statements) {
    return new SqlDesk(
        LIMITS,
        () -> NOW,
        Stream.of(statements).map(ViewCompiler::compile).toArray(ViewPlan[]::new));
  }

  SqlDesk with(JudgedClick... clicks) {
    cells.add(clicks);
    return this;
  }

  SqlDesk with(ReferenceTable table) {
    tables.add(table);
    return this;
  }

  SqlAnswer answer(String sql) {
    return queries.answer(sql, queries.maxRows());
  }

  SqlAnswer answer(String sql, int maxRows) {
    return queries.answer(sql, maxRows);
  }

  SqlAnswer answer(String sql, List<?> parameters) {
    return queries.answer(sql, parameters, queries.maxRows(), new QueryStop());
  }

  List<List<Object>> rows(String sql) {
    return answer(sql).rows();
  }

  /** The rows as an answer has them. */
  String json(String sql) {
    String json =
        new String(SqlAnswerWriter.json(answer(sql)), java.nio.charset.StandardCharsets.UTF_8);
    int rows = json.indexOf("\"rows\":") + "\"rows\":".length();
    return json.substring(rows, json.lastIndexOf(",\"truncated\""));
  }

  String plan(String sql) {
    var plan = new StringBuilder();
    rows("EXPLAIN PLAN FOR " + sql).forEach(row -> plan.append(row.getFirst()).append('\n'));
    return plan.toString();
  }
}
