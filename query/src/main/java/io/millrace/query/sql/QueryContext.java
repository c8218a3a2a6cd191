package io.millrace.query.sql;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * What generated code can ask for in one run: the objects that the plan has put away for it, what
 * watches the run and reads for it, its parameters, and the time. It has no user, no schema and no
 * connection to give.
 */
final class QueryContext implements DataContext {
  private final JavaTypeFactory types;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  QueryContext(JavaTypeFactory types, Instant now, AtomicBoolean stop) {
    this.types = types;
    values.put(Variable.UTC_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.CURRENT_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.LOCAL_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone("UTC"));
    values.put(Variable.LOCALE.camelName, Locale.ROOT);
    values.put(Variable.CANCEL_FLAG.camelName, stop);
  }

  /** Code that asks the run for its object of a class. */
  static Expression of(EnumerableRelImplementor implementor, Class<?> type) {
    return Expressions.convert_(
        Expressions.call(
            implementor.getRootExpression(),
            BuiltInMethod.DATA_CONTEXT_GET.method,
            Expressions.constant(type.getSimpleName())),
        type);
  }

  /** Gives the run its object of a class. */
  QueryContext with(Object object) {
    values.put(object.getClass().getSimpleName(), object);
    return this;
  }

  /** Gives the run what a plan has put away while its code was generated. */
  QueryContext withAll(Map<String, Object> constants) {
    values.putAll(constants);
    return this;
  }

  QueryContext withParameter(int number, @Nullable Object value) {
    values.put("?" + number, value);
    return this;
  }

  @Override
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return types;
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("a query does not begin others");
  }
}
