package io.millrace.query.sql;

import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns that tell the rows of a query apart: what it groups by, or site, window and
 * dimensions of the one view that it reads cell by cell. One that a condition allows a single value
 * of need not be shown.
 *
 * <p>Goes by the text. Where it cannot tell (joins, subqueries, sets), it says so, and the whole
 * row is what tells rows apart.
 */
final class RowKeys {
  private static final Set<String> AGGREGATES =
      Set.of(
          "COUNT",
          "SUM",
          "MIN",
          "MAX",
          "AVG",
          "MERGE",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP",
          "ANY_VALUE",
          "EVERY",
          "SOME",
          "BOOL_AND",
          "BOOL_OR",
          "BIT_AND",
          "BIT_OR",
          "BIT_XOR",
          "COLLECT",
          "SINGLE_VALUE");

  private final SqlSelect select;
  private final ViewPlan plan;

  private RowKeys(SqlSelect select, ViewPlan plan) {
    this.select = select;
    this.plan = plan;
  }

  /** The numbers of these columns, from 0; empty where that cannot be told. */
  static Optional<Set<Integer>> of(SqlText text, ViewCatalog catalog) {
    SqlNode query;
    try {
      query = SqlParser.create(text.parsable(), QueryPlanner.PARSER).parseQuery();
    } catch (SqlParseException malformed) {
      return Optional.empty();
    }
    SqlNode unordered = query instanceof SqlOrderBy ordered ? ordered.query : query;
    if (!(unordered instanceof SqlSelect select) || select.isDistinct()) {
      return Optional.empty();
    }
    return view(select.getFrom(), catalog).flatMap(plan -> new RowKeys(select, plan).keys());
  }

  private static Optional<ViewPlan> view(@Nullable SqlNode from, ViewCatalog catalog) {
    SqlNode table = from instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : from;
    return table instanceof SqlIdentifier name && name.isSimple()
        ? catalog.plans().stream()
            .filter(plan -> plan.name().equalsIgnoreCase(name.getSimple()))
            .findFirst()
        : Optional.empty();
  }

  private Optional<Set<Integer>> keys() {
    List<SqlNode> shown = shown();
    SqlNodeList groups = select.getGroup();
    if (groups != null) {
      return keys(groups.getList().stream().map(group -> grouped(group, shown)).toList(), shown);
    }
    if (shown.stream().anyMatch(RowKeys::hasAggregate) || select.getHaving() != null) {
      return Optional.of(Set.of());
    }
    return keys(cellColumns(), shown);
  }

  /** The columns of the result, without their names. */
  private List<SqlNode> shown() {
    var shown = new ArrayList<SqlNode>();
    for (SqlNode column : select.getSelectList()) {
      if (column instanceof SqlIdentifier name && name.isStar()) {
        ViewColumn.of(plan).forEach(each -> shown.add(identifier(ViewColumn.name(plan, each))));
      } else {
        shown.add(withoutName(column));
      }
    }
    return shown;
  }

  private static SqlNode withoutName(SqlNode column) {
    return column instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : column;
  }

  private static SqlIdentifier identifier(String name) {
    return new SqlIdentifier(name, SqlParserPos.ZERO);
  }

  /** What a word of GROUP BY means: a column of the result by its number or name, or itself. */
  private SqlNode grouped(SqlNode group, List<SqlNode> shown) {
    if (group instanceof SqlLiteral literal) {
      int number = numberOf(literal);
      return number >= 1 && number <= shown.size() ? shown.get(number - 1) : group;
    }
    if (group instanceof SqlIdentifier name && name.isSimple() && !isColumn(name.getSimple())) {
      for (SqlNode column : select.getSelectList()) {
        if (column instanceof SqlBasicCall as
            && as.getKind() == SqlKind.AS
            && as.operand(1) instanceof SqlIdentifier alias
            && alias.getSimple().equalsIgnoreCase(name.getSimple())) {
          return as.operand(0);
        }
      }
    }
    return group;
  }

  private static int numberOf(SqlLiteral literal) {
    try {
      return literal.intValue(true);
    } catch (RuntimeException noNumber) {
      return 0;
    }
  }

  private boolean isColumn(String name) {
    return ViewColumn.of(plan).stream()
        .anyMatch(column -> ViewColumn.name(plan, column).equalsIgnoreCase(name));
  }

  private List<SqlNode> cellColumns() {
    return ViewColumn.of(plan).stream()
        .filter(
            column ->
                switch (column) {
                  case ViewColumn.OfSite() -> true;
                  case ViewColumn.OfWindowStart() -> true;
                  case ViewColumn.OfWindowEnd() -> false;
                  case ViewColumn.OfDimension _ -> true;
                  case ViewColumn.OfAggregate _ -> false;
                  case ViewColumn.OfComputed _ -> false;
                })
        .<SqlNode>map(column -> identifier(ViewColumn.name(plan, column)))
        .toList();
  }

  /** The columns that show the parts of a key, if all are shown or have a single value. */
  private Optional<Set<Integer>> keys(List<SqlNode> parts, List<SqlNode> shown) {
    var keys = new HashSet<Integer>();
    for (SqlNode part : parts) {
      if (List.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS).contains(part.getKind())) {
        return Optional.empty();
      }
      int index = indexOf(part, shown);
      if (index >= 0) {
        keys.add(index);
      } else if (!hasSingleValue(part, select.getWhere())) {
        return Optional.empty();
      }
    }
    return Optional.of(keys);
  }

  private static int indexOf(SqlNode part, List<SqlNode> shown) {
    for (int i = 0; i < shown.size(); i++) {
      if (isSame(part, shown.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSame(SqlNode one, SqlNode other) {
    return (one instanceof SqlIdentifier name && other instanceof SqlIdentifier otherName)
        ? last(name).equals(last(otherName))
        : one.equalsDeep(other, Litmus.IGNORE);
  }

  private static String last(SqlIdentifier name) {
    return name.names.getLast().toLowerCase(Locale.ROOT);
  }

  private static boolean hasSingleValue(SqlNode part, @Nullable SqlNode condition) {
    if (!(condition instanceof SqlCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case AND -> call.getOperandList().stream().anyMatch(operand -> hasSingleValue(part, operand));
      case EQUALS ->
          (isSame(part, call.operand(0)) && call.operand(1) instanceof SqlLiteral)
              || (isSame(part, call.operand(1)) && call.operand(0) instanceof SqlLiteral);
      default -> false;
    };
  }

  private static boolean hasAggregate(SqlNode node) {
    // With OVER every row stays.
    if (!(node instanceof SqlCall call) || call.getKind() == SqlKind.OVER) {
      return false;
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return AGGREGATES.contains(name)
        || name.equals(SqlText.MERGE)
        || call.getOperandList().stream().anyMatch(each -> each != null && hasAggregate(each));
  }
}
