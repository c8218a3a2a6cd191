package io.millrace.testing.architecture.planted.views;

import org.apache.calcite.sql.SqlNode;

/** Breaks a rule, so that a test can see the rule fail. */
public record KnowsCalcite(SqlNode query) {}
