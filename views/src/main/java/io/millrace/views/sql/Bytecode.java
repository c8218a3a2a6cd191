package io.millrace.views.sql;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytecode of an expression over inputs, made by Calcite. Safe for any number of threads. */
final class Bytecode {
  private static final Logger log = LoggerFactory.getLogger(Bytecode.class);

  private final Function1<DataContext, @Nullable Object[]> function;

  private Bytecode(Function1<DataContext, @Nullable Object[]> function) {
    this.function = function;
  }

  /**
   * Makes bytecode.
   *
   * @param inputs the names and types of what the expression is over
   */
  static Bytecode of(RexNode expression, RelDataType inputs, RexBuilder rex) {
    return new Bytecode(
        RexExecutorImpl.getExecutable(rex, List.of(expression), inputs).getFunction());
  }

  /** Null also where the expression has no value, as where a text is cast that is no number. */
  @Nullable Object of(@Nullable Object[] inputs) {
    try {
      return function.apply(new Row(inputs))[0];
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
