package io.millrace.testing.architecture.planted.views;

import io.millrace.testing.architecture.planted.views.sql.Compiles;

/** Breaks a border on purpose. */
public final class KnowsCompiler {

  public Object border() {
    return new Compiles();
  }
}
