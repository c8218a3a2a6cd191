package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.Fact;
import io.millrace.views.JudgedClick;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    var inputs = new Inputs(table, rex);
    RexNode overInputs = expression.accept(inputs);
    Bytecode bytecode = Bytecode.of(overInputs, inputs.row.build(), rex);
    return new Computed(
        table.source(),
        ExpressionText.of(expression, table),
        new Evaluator(List.copyOf(inputs.used.values()), bytecode));
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
