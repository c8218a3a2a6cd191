package io.millrace.query.sql;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query reads of a view: read when they are first asked for, and kept, since a join
 * goes through them many times. Public for the code that Calcite generates. Belongs to one thread.
 */
public final class ScanRows extends AbstractEnumerable<Object> {
  private final Supplier<List<Object>> reading;
  private @Nullable List<Object> rows;

  ScanRows(Supplier<List<Object>> reading) {
    this.reading = reading;
  }

  @Override
  public Enumerator<Object> enumerator() {
    List<Object> known = rows;
    if (known == null) {
      known = reading.get();
      rows = known;
    }
    return Linq4j.enumerator(known);
  }
}
