package io.millrace.views.sql;

import io.millrace.views.Fact;
import io.millrace.views.JudgedClick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.tools.Frameworks;
import org.jspecify.annotations.Nullable;

/**
 * A query that makes of each click a row, or nothing: {@code SELECT … FROM clicks WHERE …}. Safe
 * for any number of threads; it remembers nothing in the clicks.
 */
public final class RowQuery {
  /** The one table that can be asked row by row. */
  public static final String TABLE = SourceTable.CLICKS.label();

  private final List<Column> columns;
  private final List<Function<Fact, @Nullable Object>> conditions;
  private final List<Function<Fact, @Nullable Object>> values;

  private RowQuery(
      List<Column> columns,
      List<Function<Fact, @Nullable Object>> conditions,
      List<Function<Fact, @Nullable Object>> values) {
    this.columns = List.copyOf(columns);
    this.conditions = List.copyOf(conditions);
    this.values = List.copyOf(values);
  }

  /**
   * A column of the rows.
   *
   * @param type the name of the SQL type
   */
  public record Column(String name, String type) {}

  /**
   * Makes bytecode of a query.
   *
   * @throws SqlException where it is wrong, or asks for more than one click can tell
   */
  public static RowQuery compile(String select) {
    SchemaPlus schema = Frameworks.createRootSchema(false);
    schema.add(TABLE, SourceTable.CLICKS.toCalcite());
    RowShape shape = RowShape.of(Dialect.check(select, schema));
    RexBuilder rex = shape.rex();
    var columns = new ArrayList<Column>();
    var values = new ArrayList<Function<Fact, @Nullable Object>>();
    for (int i = 0; i < shape.names().size(); i++) {
      RexNode expression = shape.expressions().get(i);
      columns.add(new Column(shape.names().get(i), RowValues.typeName(expression.getType())));
      values.add(value(expression, rex));
    }
    List<Function<Fact, @Nullable Object>> conditions =
        shape.conditions().stream().map(condition -> evaluation(condition, rex)).toList();
    return new RowQuery(columns, conditions, values);
  }

  private static Function<Fact, @Nullable Object> value(RexNode expression, RexBuilder rex) {
    if (RowShape.isAllProperties(expression)) {
      return fact -> fact instanceof JudgedClick click ? click.properties() : null;
    }
    Function<Fact, @Nullable Object> evaluation = evaluation(expression, rex);
    return fact -> RowValues.external(evaluation.apply(fact), expression.getType());
  }

  private static Function<Fact, @Nullable Object> evaluation(RexNode expression, RexBuilder rex) {
    return Evaluator.evaluation(SourceTable.CLICKS, expression, rex);
  }

  public List<Column> columns() {
    return columns;
  }

  /**
   * The row of a counted click; empty where a condition is not true. Values are null, a Boolean, a
   * Number or a String.
   */
  public Optional<List<@Nullable Object>> row(JudgedClick click) {
    for (Function<Fact, @Nullable Object> condition : conditions) {
      if (!Boolean.TRUE.equals(condition.apply(click))) {
        return Optional.empty();
      }
    }
    var row = new ArrayList<@Nullable Object>(values.size());
    for (Function<Fact, @Nullable Object> value : values) {
      row.add(value.apply(click));
    }
    return Optional.of(row);
  }
}
