package io.millrace.views.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelConversionException;
import org.apache.calcite.tools.ValidationException;
import org.jspecify.annotations.Nullable;

/** The SQL of this program: which words, which functions, and how what is wrong is told. */
final class Dialect {
  /** A few times what anyone writes, and little enough for a parser that calls itself. */
  private static final int MOST_CHARACTERS = 64 << 10;

  private static final int DEEPEST = 200;

  /**
   * What must give the same value at every reading of the log does not ask who, when or at random;
   * and patterns that can take for ever are not for a program that works off millions of events.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "RAND",
          "RAND_INTEGER",
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "CURRENT_ROLE",
          "CURRENT_PATH",
          "CURRENT_CATALOG",
          "CURRENT_SCHEMA",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "LOCALTIME",
          "LOCALTIMESTAMP");

  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.chain(
          new AllowedOperators(SqlStdOperatorTable.instance()),
          SqlOperatorTables.of(List.of(ViewFunctions.TOP_K, ViewFunctions.APPROX_PERCENTILE)));

  private static final RelDataTypeSystem TYPES =
      new RelDataTypeSystemImpl() {
        // Texts of several lengths are not filled up with blanks to the longest of them.
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
          return true;
        }
      };

  private Dialect() {}

  private static boolean isAllowed(SqlOperator operator) {
    return operator.getKind() != SqlKind.SIMILAR && !LEFT_OUT.contains(operator.getName());
  }

  /** Parses and checks a query about the tables of a schema. */
  static CheckedQuery check(String query, SchemaPlus schema) {
    requireBounded(query);
    FrameworkConfig config =
        Frameworks.newConfigBuilder()
            .parserConfig(
                SqlParser.config()
                    .withParserFactory(SqlBabelParserImpl.FACTORY)
                    .withQuoting(Quoting.DOUBLE_QUOTE)
                    .withQuotedCasing(Casing.UNCHANGED)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withCaseSensitive(false)
                    .withConformance(SqlConformanceEnum.LENIENT))
            .defaultSchema(schema)
            .operatorTable(OPERATORS)
            .typeSystem(TYPES)
            // What is compared or added is of one type, or the statement says how it becomes so.
            .sqlValidatorConfig(SqlValidator.Config.DEFAULT.withTypeCoercionEnabled(false))
            .build();
    try (Planner planner = Frameworks.getPlanner(config)) {
      SqlNode parsed = planner.parse(query);
      if (!parsed.isA(SqlKind.QUERY)) {
        throw new SqlException(position(parsed), "expected a query: SELECT …");
      }
      SqlNode written = parsed.clone(parsed.getParserPosition());
      RelRoot root = planner.rel(planner.validate(parsed));
      return new CheckedQuery(written, root);
    } catch (SqlParseException malformed) {
      throw new SqlException(position(malformed.getPos()), firstLine(malformed), malformed);
    } catch (ValidationException | RelConversionException | CalciteContextException wrong) {
      throw located(wrong);
    } catch (StackOverflowError | AssertionError | RuntimeException unforeseen) {
      if (unforeseen instanceof SqlException known) {
        throw known;
      }
      throw located(unforeseen);
    }
  }

  /**
   * A query as it was written and as relational algebra.
   *
   * @param written before names were resolved, so that what is wrong can be shown where it stands
   */
  record CheckedQuery(SqlNode written, RelRoot root) {}

  static SqlException.Position position(SqlNode node) {
    return position(node.getParserPosition());
  }

  private static SqlException.Position position(@Nullable SqlParserPos position) {
    return position == null || position.getLineNum() < 1
        ? SqlException.Position.START
        : new SqlException.Position(position.getLineNum(), Math.max(1, position.getColumnNum()));
  }

  private static void requireBounded(String query) {
    if (query.length() > MOST_CHARACTERS) {
      throw new SqlException(
          SqlException.Position.START,
          "the statement has "
              + query.length()
              + " characters, more than the "
              + MOST_CHARACTERS
              + " that are allowed");
    }
    int depth = 0;
    for (int i = 0; i < query.length(); i++) {
      char character = query.charAt(i);
      if (character == '(') {
        depth++;
        if (depth > DEEPEST) {
          throw new SqlException(
              Tokens.positionOf(query, i),
              "more than " + DEEPEST + " parentheses are open; nest less deeply");
        }
      } else if (character == ')') {
        depth--;
      }
    }
  }

  private static SqlException located(Throwable wrong) {
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        Throwable reason = context.getCause() == null ? context : context.getCause();
        return new SqlException(
            new SqlException.Position(
                Math.max(1, context.getPosLine()), Math.max(1, context.getPosColumn())),
            firstLine(reason),
            wrong);
      }
    }
    String message =
        wrong instanceof StackOverflowError
            ? "the statement is nested too deeply; make several views of it"
            : "this cannot be done: " + firstLine(wrong);
    return new SqlException(SqlException.Position.START, message, wrong);
  }

  private static String firstLine(Throwable problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  /** A table of operators without those that are left out. */
  private record AllowedOperators(SqlOperatorTable all) implements SqlOperatorTable {
    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher names) {
      var candidates = new ArrayList<SqlOperator>();
      all.lookupOperatorOverloads(name, category, syntax, candidates, names);
      candidates.stream().filter(Dialect::isAllowed).forEach(found::add);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return all.getOperatorList().stream().filter(Dialect::isAllowed).toList();
    }
  }
}
