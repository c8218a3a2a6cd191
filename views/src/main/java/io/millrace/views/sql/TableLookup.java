package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.Fact;
import io.millrace.views.table.ColumnType;
import io.millrace.views.table.ReferenceTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of a joined table as a function of the event: that of the row with a key which is
 * computed of the event. So a joined column is an expression like any other, equal where table,
 * generation, column and key are equal.
 *
 * <pre>
 *   p.category   of   clicks c JOIN products p ON p.path = c.path   is   products@3.category(path)
 * </pre>
 */
final class TableLookup extends SqlFunction {
  private static final int WHETHER_THERE = -1;

  private final ReferenceTable table;
  private final int column;

  private TableLookup(ReferenceTable table, int column, String name) {
    super(
        table.generation() + "." + name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.table = table;
    this.column = column;
  }

  /** A column of the row with a key; null where there is none. */
  static RexNode column(
      ReferenceTable table, int column, RelDataType type, List<RexNode> key, RexBuilder rex) {
    String name = table.plan().columns().get(column).name();
    return rex.makeCall(type, new TableLookup(table, column, name), key);
  }

  /** Whether there is a row with a key. */
  static RexNode isThere(ReferenceTable table, List<RexNode> key, RexBuilder rex) {
    return rex.makeCall(
        rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
        new TableLookup(table, WHETHER_THERE, "*"),
        key);
  }

  /** How the value of an expression is read of an event; empty for one that looks nothing up. */
  static Optional<Function<Fact, @Nullable Object>> reading(
      RexCall call, SourceTable source, RexBuilder rex) {
    if (!(call.getOperator() instanceof TableLookup lookup)) {
      return Optional.empty();
    }
    Computed row = lookup.row(call.getOperands(), source, rex);
    int place = lookup.column;
    return Optional.of(
        place == WHETHER_THERE
            ? fact -> row.of(fact) != null
            : fact -> row.of(fact) instanceof @Nullable Object[] values ? values[place] : null);
  }

  /** The row itself: looked up once for all of its columns, in all views. */
  private Computed row(List<RexNode> operands, SourceTable source, RexBuilder rex) {
    var key = new ArrayList<Computed>();
    var text = new StringBuilder(table.generation().toString());
    for (RexNode operand : operands) {
      Computed part = Evaluator.compile(source, operand, rex);
      key.add(part);
      text.append('[').append(part.text()).append(']');
    }
    return new Computed(source.source(), text.toString(), new Row(table, key));
  }

  /** Looks up the row that belongs to an event. */
  private record Row(ReferenceTable table, List<Computed> key, List<ColumnType.Kind> kinds)
      implements Function<Fact, @Nullable Object> {

    Row(ReferenceTable table, List<Computed> key) {
      this(table, List.copyOf(key), kinds(table));
    }

    private static List<ColumnType.Kind> kinds(ReferenceTable table) {
      return table.plan().columns().stream()
          .filter(table.plan()::isInKey)
          .map(column -> column.type().kind())
          .toList();
    }

    @Override
    public @Nullable Object apply(Fact fact) {
      if (key.size() == 1) {
        Object value = part(0, fact);
        return value == null ? null : table.row(value);
      }
      var values = new ArrayList<Object>(key.size());
      for (int i = 0; i < key.size(); i++) {
        Object value = part(i, fact);
        if (value == null) {
          return null;
        }
        values.add(value);
      }
      return table.row(values);
    }

    /** As rows have it; null also where no row can have it. */
    private @Nullable Object part(int index, Fact fact) {
      Object value = key.get(index).of(fact);
      return kinds.get(index) == ColumnType.Kind.BIGINT ? whole(value) : value;
    }

    private static @Nullable Object whole(@Nullable Object value) {
      return switch (value) {
        case Long whole -> whole;
        case Integer whole -> whole.longValue();
        case Short whole -> whole.longValue();
        case Byte whole -> whole.longValue();
        case BigDecimal number when isWhole(number) -> number.longValue();
        case null, default -> null;
      };
    }

    private static boolean isWhole(BigDecimal number) {
      return number.compareTo(BigDecimal.valueOf(number.longValue())) == 0;
    }
  }
}
