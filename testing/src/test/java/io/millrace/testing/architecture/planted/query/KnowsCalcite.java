package io.millrace.testing.architecture.planted.query;

import org.apache.calcite.sql.SqlKind;

/** Breaks a border on purpose. */
public final class KnowsCalcite {

  public Object border() {
    return SqlKind.SELECT;
  }
}
