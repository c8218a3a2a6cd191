package io.millrace.views.sql.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Operators and functions of standard SQL without those of {@link LeftOut}.
 *
 * @param leftOut further names that are left out, in upper case
 */
public record StandardOperators(Set<String> leftOut) implements SqlOperatorTable {
  /** Of windows, of rows, and of MATCH_RECOGNIZE, which is refused. */
  private static final Set<String> NOT_OF_VALUES =
      Set.of(
          "TUMBLE",
          "TUMBLE_START",
          "TUMBLE_END",
          "HOP",
          "HOP_START",
          "HOP_END",
          "SESSION",
          "SESSION_START",
          "SESSION_END",
          "DESCRIPTOR",
          "GROUPING",
          "CLASSIFIER",
          "MATCH_NUMBER",
          "FIRST",
          "LAST",
          "PREV",
          "NEXT");

  public StandardOperators {
    leftOut = Set.copyOf(leftOut);
  }

  /**
   * All that can be called in a view as in a query: the standard, some functions that most
   * databases have, and ours.
   *
   * @param leftOut names of the standard that are left out, in upper case
   */
  public static SqlOperatorTable withFunctions(Set<String> leftOut) {
    return SqlOperatorTables.chain(
        new StandardOperators(leftOut),
        SqlOperatorTables.of(
            SqlLibraryOperators.ILIKE,
            SqlLibraryOperators.NOT_ILIKE,
            SqlLibraryOperators.INFIX_CAST,
            SqlLibraryOperators.SAFE_CAST,
            SqlLibraryOperators.TRY_CAST,
            SqlLibraryOperators.CONCAT_FUNCTION,
            SqlLibraryOperators.LEFT,
            SqlLibraryOperators.RIGHT,
            SqlLibraryOperators.STARTS_WITH,
            SqlLibraryOperators.ENDS_WITH,
            SqlLibraryOperators.GREATEST_PG,
            SqlLibraryOperators.LEAST_PG),
        SqlOperatorTables.of(OwnFunctions.CALLED_BY_NAME));
  }

  /** The names of all functions of single values, as a reference lists them. */
  public static SortedSet<String> functionNames() {
    return withFunctions(Set.of()).getOperatorList().stream()
        .filter(operator -> operator instanceof SqlFunction && !operator.isAggregator())
        .filter(operator -> operator.getSyntax() != SqlSyntax.INTERNAL)
        .map(SqlOperator::getName)
        .filter(name -> !name.startsWith("$") && !NOT_OF_VALUES.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher matcher) {
    List<SqlOperator> found = new ArrayList<>();
    SqlStdOperatorTable.instance().lookupOperatorOverloads(name, category, syntax, found, matcher);
    found.removeIf(this::isLeftOut);
    operators.addAll(found);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return SqlStdOperatorTable.instance().getOperatorList().stream()
        .filter(operator -> !isLeftOut(operator))
        .toList();
  }

  private boolean isLeftOut(SqlOperator operator) {
    return LeftOut.contains(operator)
        || leftOut.contains(operator.getName().toUpperCase(Locale.ROOT));
  }
}
