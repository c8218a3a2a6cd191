package io.millrace.views.sql;

import io.millrace.views.AggregateValue;
import io.millrace.views.GroupExpression;
import io.millrace.views.GroupRow;
import io.millrace.views.ReadColumn;
import io.millrace.views.sql.SqlException.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Expressions over the groups and aggregates of a view, which are computed when it is read: HAVING,
 * and columns such as {@code SUM(a) / COUNT(*)}.
 */
final class GroupExpressions {
  private static final int MOST_DECIMALS = 6;

  private final RexBuilder rex;
  private final IntFunction<Input> inputs;

  /**
   * Makes a compiler of expressions.
   *
   * @param inputs what an expression takes for a number of the groups, followed by the aggregates;
   *     may refuse
   */
  GroupExpressions(RexBuilder rex, IntFunction<Input> inputs) {
    this.rex = rex;
    this.inputs = inputs;
  }

  /** A group or an aggregate, by a name that tells it from the others. */
  sealed interface Input {
    String name();

    /** Its value as generated code takes it. */
    @Nullable Object value(GroupRow row, SqlTypeName type);
  }

  /** A group. */
  record OfGroup(String name, Function<GroupRow, String> text) implements Input {
    @Override
    public String value(GroupRow row, SqlTypeName type) {
      return text.apply(row);
    }
  }

  /** An aggregate of the plan. */
  record OfAggregate(String name, int aggregate) implements Input {
    @Override
    public @Nullable Object value(GroupRow row, SqlTypeName type) {
      return switch (row.value(aggregate)) {
        case AggregateValue.Single(BigDecimal single) -> as(type, single);
        case AggregateValue.ByRank(List<AggregateValue.Quantile> quantiles) ->
            as(type, quantiles.getFirst().number());
        case AggregateValue.Unknown _, AggregateValue.Ranking _ -> null;
      };
    }

    private static Object as(SqlTypeName type, BigDecimal number) {
      return switch (type) {
        case TINYINT -> number.byteValue();
        case SMALLINT -> number.shortValue();
        case INTEGER -> number.intValue();
        case BIGINT -> number.longValue();
        case DOUBLE, FLOAT -> number.doubleValue();
        case REAL -> number.floatValue();
        default -> number;
      };
    }
  }

  /** A column that is computed; the position is where it stands. */
  ReadColumn.Computed column(String name, RexNode expression, Position position) {
    RelDataType type = expression.getType();
    OptionalInt decimals =
        switch (type.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> OptionalInt.of(0);
          case DECIMAL -> OptionalInt.of(Math.clamp(type.getScale(), 0, MOST_DECIMALS));
          case DOUBLE, FLOAT, REAL -> OptionalInt.empty();
          default ->
              throw new SqlException(
                  position,
                  "what is computed of aggregates is a number; "
                      + name
                      + " is of the type "
                      + type
                      + ": group by it, or compute it in the query that reads the view");
        };
    return new ReadColumn.Computed(name, compile(expression), decimals);
  }

  GroupExpression condition(RexNode condition) {
    return compile(condition);
  }

  private GroupExpression compile(RexNode expression) {
    var used = new ArrayList<Input>();
    var types = new ArrayList<SqlTypeName>();
    var text = new Named();
    RelDataTypeFactory.Builder row = rex.getTypeFactory().builder();
    RexNode overInputs =
        expression.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef reference) {
                Input input = inputs.apply(reference.getIndex());
                used.add(input);
                types.add(reference.getType().getSqlTypeName());
                row.add("input" + used.size(), reference.getType());
                return rex.makeInputRef(reference.getType(), used.size() - 1);
              }
            });
    Bytecode bytecode = Bytecode.of(overInputs, row.build(), rex);
    List<Input> all = List.copyOf(used);
    List<SqlTypeName> allTypes = List.copyOf(types);
    return new GroupExpression(
        expression.accept(text).toString(),
        group -> {
          var values = new @Nullable Object[all.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i).value(group, allTypes.get(i));
          }
          return bytecode.of(values);
        });
  }

  /** Shows inputs by their names. */
  private final class Named extends RexShuttle {
    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      return new NamedInput(
          inputs.apply(reference.getIndex()).name(), reference.getIndex(), reference.getType());
    }
  }

  private static final class NamedInput extends RexInputRef {
    NamedInput(String name, int index, RelDataType type) {
      super(index, type);
      digest = name;
    }
  }
}
