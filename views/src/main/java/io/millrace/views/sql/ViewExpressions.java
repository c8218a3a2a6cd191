package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.ComputedDimension;
import io.millrace.views.ComputedMeasure;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.Measure;
import io.millrace.views.NumericProperty;
import io.millrace.views.sql.SqlException.Position;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Expressions of a query as the parts of a plan. What a plan has of its own, such as a field or a
 * comparison with a text, is that; everything else is compiled.
 */
final class ViewExpressions {
  private final SourceTable table;
  private final RexBuilder rex;

  ViewExpressions(SourceTable table, RexBuilder rex) {
    this.table = table;
    this.rex = rex;
  }

  Dimension dimension(RexNode expression, String label, Position position) {
    if (!isText(expression.getType())) {
      throw new SqlException(
          position,
          "groups, uniques and rankings are of texts; write CAST(… AS VARCHAR) for " + label);
    }
    Optional<Field> field = field(expression);
    return field.isPresent() && field.get().label().equals(label)
        ? field.get()
        : new ComputedDimension(label, compile(expression));
  }

  /** A dimension that has no name in answers. */
  Dimension dimension(RexNode expression, Position position) {
    return field(expression)
        .map(Dimension.class::cast)
        .filter(field -> isText(expression.getType()))
        .orElseGet(() -> dimension(expression, ExpressionText.of(expression, table), position));
  }

  Measure measure(RexNode expression, String what, Position position) {
    Optional<Field> field = field(expression).filter(Field::isNumeric);
    if (field.isPresent()) {
      return field.get();
    }
    RelDataType type = expression.getType();
    if (!SqlTypeFamily.EXACT_NUMERIC.contains(type)) {
      throw new SqlException(
          position,
          what
              + ": only sums of exact numbers are the same in any order; write CAST(… AS"
              + " DECIMAL(18, 2)) or AS BIGINT");
    }
    int decimals = Math.max(0, type.getScale());
    if (decimals > NumericProperty.MOST_DECIMALS) {
      throw new SqlException(
          position,
          what
              + ": at most "
              + NumericProperty.MOST_DECIMALS
              + " decimals are kept; cast to fewer");
    }
    Optional<NumericProperty> property = PropertyPath.numberOf(expression);
    return property.isPresent()
        ? property.get()
        : new ComputedMeasure(compile(expression), decimals);
  }

  Filter filter(RexNode condition) {
    return switch (condition.getKind()) {
      case AND ->
          Filter.all(((RexCall) condition).getOperands().stream().map(this::filter).toList());
      case IS_TRUE -> filter(((RexCall) condition).getOperands().getFirst());
      case EQUALS, NOT_EQUALS -> comparison((RexCall) condition);
      case LITERAL ->
          condition.isAlwaysTrue()
              ? new Filter.Everything()
              : new Filter.IsTrue(compile(condition));
      default -> new Filter.IsTrue(compile(condition));
    };
  }

  private Filter comparison(RexCall call) {
    Optional<Field> field = field(call.getOperands().get(0)).filter(asked -> !asked.isNumeric());
    if (field.isPresent() && call.getOperands().get(1) instanceof RexLiteral literal) {
      String value = literal.getValueAs(String.class);
      if (value != null) {
        return call.getKind() == SqlKind.EQUALS
            ? new Filter.Is(field.get(), value)
            : new Filter.IsNot(field.get(), value);
      }
    }
    return new Filter.IsTrue(compile(call));
  }

  private Optional<Field> field(RexNode expression) {
    return expression instanceof RexInputRef reference
        ? table.columns().get(reference.getIndex()).field()
        : Optional.empty();
  }

  private Computed compile(RexNode expression) {
    return Evaluator.compile(table, expression, rex);
  }

  private static boolean isText(RelDataType type) {
    return List.of(SqlTypeName.VARCHAR, SqlTypeName.CHAR).contains(type.getSqlTypeName());
  }
}
