package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.Fact;
import io.millrace.views.JudgedClick;
import io.millrace.views.NumericProperty;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table as bytecode. It reads only the columns that the
 * expression names.
 */
final class Evaluator implements Function<Fact, @Nullable Object> {
  private final List<Input> used;
  private final Bytecode bytecode;

  private Evaluator(List<Input> used, Bytecode bytecode) {
    this.used = used;
    this.bytecode = bytecode;
  }

  /** The expression, to be shared by all views that have it. */
  static Computed compile(SourceTable table, RexNode expression, RexBuilder rex) {
    return new Computed(
        table.source(), ExpressionText.of(expression, table), evaluation(table, expression, rex));
  }

  /** The expression by itself, which remembers nothing in what it is computed of. */
  static Function<Fact, @Nullable Object> evaluation(
      SourceTable table, RexNode expression, RexBuilder rex) {
    if (expression instanceof RexInputRef reference) {
      return table.columns().get(reference.getIndex()).reading();
    }
    return expression instanceof RexCall call
        ? TableLookup.reading(call, table, rex).orElseGet(() -> bytecode(table, expression, rex))
        : bytecode(table, expression, rex);
  }

  private static Evaluator bytecode(SourceTable table, RexNode expression, RexBuilder rex) {
    var inputs = new Inputs(table, rex);
    RexNode overInputs = expression.accept(inputs);
    return new Evaluator(
        List.copyOf(inputs.used.values()), Bytecode.of(overInputs, inputs.row.build(), rex));
  }

  /** What an expression reads of a fact: a column, or one property. */
  private record Input(int index, Function<Fact, @Nullable Object> reading) {}

  /** Makes an expression one over its inputs alone, in the order in which they are met. */
  private static final class Inputs extends RexShuttle {
    private final SourceTable table;
    private final RexBuilder rex;
    private final RelDataTypeFactory.Builder row;
    private final Map<String, Input> used = new LinkedHashMap<>();

    Inputs(SourceTable table, RexBuilder rex) {
      this.table = table;
      this.rex = rex;
      row = rex.getTypeFactory().builder();
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      SourceColumn column = table.columns().get(reference.getIndex());
      return input(column.name(), reference.getType(), column.reading());
    }

    @Override
    public RexNode visitCall(RexCall call) {
      Optional<NumericProperty> number = PropertyPath.numberOf(call);
      if (number.isPresent()) {
        return input(
            call.toString(), call.getType(), fact -> number(fact, number.get(), call.getType()));
      }
      Optional<Function<Fact, @Nullable Object>> lookup = TableLookup.reading(call, table, rex);
      if (lookup.isPresent()) {
        return input(call.toString(), call.getType(), lookup.get());
      }
      if (WholeProperties.areReadBy(call)) {
        RelDataType text = rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
        RexNode json =
            input(
                SourceTable.PROPERTIES,
                rex.getTypeFactory().createTypeWithNullability(text, true),
                WholeProperties::of);
        return rex.makeCall(
            call.getType(),
            call.getOperator(),
            List.of(json, call.getOperands().get(1).accept(this)));
      }
      return PropertyPath.of(call)
          .map(path -> input(call.toString(), call.getType(), fact -> property(fact, path)))
          .orElseGet(() -> super.visitCall(call));
    }

    private RexNode input(String name, RelDataType type, Function<Fact, @Nullable Object> reading) {
      Input input = used.get(name);
      if (input == null) {
        input = new Input(used.size(), reading);
        used.put(name, input);
        row.add(name, type);
      }
      return rex.makeInputRef(type, input.index());
    }

    /** As it is added up where it stands alone: the same words are the same number everywhere. */
    private static @Nullable Object number(Fact fact, NumericProperty property, RelDataType type) {
      OptionalLong units = property.amount(fact);
      if (units.isEmpty()) {
        return null;
      }
      return type.getSqlTypeName() == SqlTypeName.BIGINT
          ? (Object) units.getAsLong()
          : BigDecimal.valueOf(units.getAsLong(), property.decimals());
    }

    private static @Nullable Object property(Fact fact, List<String> path) {
      return fact instanceof JudgedClick click ? click.property(path).orElse(null) : null;
    }
  }

  /** Null also where the expression has no value, as where a text is cast that is no number. */
  @Override
  public @Nullable Object apply(Fact fact) {
    var row = new @Nullable Object[used.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = used.get(i).reading().apply(fact);
    }
    return bytecode.of(row);
  }
}
