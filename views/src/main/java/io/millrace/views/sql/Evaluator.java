package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.Fact;
import io.millrace.views.JudgedClick;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bytecode of an expression over the columns of a table, by Calcite. It reads only the
 * columns that the expression names.
 */
final class Evaluator implements Function<Fact, @Nullable Object> {
  private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

  private final List<Input> used;
  private final Function1<DataContext, @Nullable Object[]> bytecode;

  private Evaluator(List<Input> used, Function1<DataContext, @Nullable Object[]> bytecode) {
    this.used = used;
    this.bytecode = bytecode;
  }

  /** The expression, to be shared by all views that have it. */
  static Computed compile(SourceTable table, RexNode expression, RexBuilder rex) {
    return new Computed(
        table.source(), ExpressionText.of(expression, table), evaluation(table, expression, rex));
  }

  /** The expression by itself, which remembers nothing in what it is computed of. */
  static Evaluator evaluation(SourceTable table, RexNode expression, RexBuilder rex) {
    var inputs = new Inputs(table, rex);
    RexNode overInputs = expression.accept(inputs);
    var executable = RexExecutorImpl.getExecutable(rex, List.of(overInputs), inputs.row.build());
    return new Evaluator(List.copyOf(inputs.used.values()), executable.getFunction());
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
    try {
      return bytecode.apply(new Row(row))[0];
    } catch (RuntimeException noValue) {
      // One event must not stop all others, and its values are not for the log.
      log.atDebug().addKeyValue("problem", noValue.getClass()).log("An expression has no value");
      return null;
    }
  }

  /** How generated code is handed its input. */
  private record Row(@Nullable Object[] values) implements DataContext {
    @Override
    public @Nullable Object get(String name) {
      return name.equals("inputRecord") ? values : null;
    }

    @Override
    public @Nullable SchemaPlus getRootSchema() {
      return null;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
      throw new IllegalStateException("an expression of a view makes no types");
    }

    @Override
    public QueryProvider getQueryProvider() {
      throw new IllegalStateException("an expression of a view asks no queries");
    }
  }
}
