package io.millrace.query.sql.jdbc;

import io.millrace.query.access.Caller;
import java.util.function.Supplier;

/** Lets queries wait for their turn, with all others of this process. */
public interface JdbcTurns {

  /** The answer of a query, when its turn has come. */
  <T> T take(Caller caller, Supplier<T> query);
}
