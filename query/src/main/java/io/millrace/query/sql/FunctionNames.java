package io.millrace.query.sql;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;

/** What can be called in queries by a name, to be shown to people. */
final class FunctionNames {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

  private FunctionNames() {}

  static List<String> all() {
    return SqlOperators.all().getOperatorList().stream()
        .filter(SqlFunction.class::isInstance)
        .map(SqlOperator::getName)
        .map(SqlText::inWordsOfTheQuery)
        .filter(name -> NAME.matcher(name).matches())
        .distinct()
        .sorted()
        .toList();
  }
}
