package io.millrace.query.sql;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What generated code can ask for: the objects that the plan has put away for it, and the time. It
 * has no user, no schema and no connection to give.
 */
final class QueryContext implements DataContext {
  private final JavaTypeFactory types;
  private final Map<String, Object> values = new HashMap<>();

  QueryContext(JavaTypeFactory types, Instant now, AtomicBoolean stop) {
    this.types = types;
    values.put(Variable.UTC_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.CURRENT_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.LOCAL_TIMESTAMP.camelName, now.toEpochMilli());
    values.put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone("UTC"));
    values.put(Variable.LOCALE.camelName, Locale.ROOT);
    values.put(Variable.CANCEL_FLAG.camelName, stop);
  }

  /** What the plan puts away while code is generated. */
  Map<String, Object> values() {
    return values;
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
