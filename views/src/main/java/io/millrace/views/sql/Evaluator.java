package io.millrace.views.sql;

import io.millrace.views.Computed;
import io.millrace.views.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
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

  private final List<SourceColumn> used;
  private final Function1<DataContext, @Nullable Object[]> bytecode;

  private Evaluator(List<SourceColumn> used, Function1<DataContext, @Nullable Object[]> bytecode) {
    this.used = used;
    this.bytecode = bytecode;
  }

  /** The expression, to be shared by all views that have it. */
  static Computed compile(SourceTable table, RexNode expression, RexBuilder rex) {
    var columns = new ArrayList<SourceColumn>();
    RelDataTypeFactory.Builder row = rex.getTypeFactory().builder();
    RexNode overUsed =
        expression.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef reference) {
                SourceColumn column = table.columns().get(reference.getIndex());
                int index = columns.indexOf(column);
                if (index < 0) {
                  index = columns.size();
                  columns.add(column);
                  row.add(column.name(), reference.getType());
                }
                return rex.makeInputRef(reference.getType(), index);
              }
            });
    var executable = RexExecutorImpl.getExecutable(rex, List.of(overUsed), row.build());
    return new Computed(
        table.source(),
        ExpressionText.of(expression, table),
        new Evaluator(List.copyOf(columns), executable.getFunction()));
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
