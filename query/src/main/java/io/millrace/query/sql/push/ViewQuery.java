package io.millrace.query.sql.push;

import io.millrace.query.sql.SqlAnswer;
import java.util.Optional;
import java.util.Set;

/** A query over views, which can be asked again and again. Safe for any number of threads. */
interface ViewQuery {

  /** What it says now; waits for its turn. */
  SqlAnswer ask();

  /** A number that is another one whenever what it says may be, apart from the time that passes. */
  long version();

  /** Which columns tell its rows apart; empty where none do. */
  Optional<Set<Integer>> keyColumns();
}
