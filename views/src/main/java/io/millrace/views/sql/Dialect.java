package io.millrace.views.sql;

import io.millrace.views.sql.language.BoundedConvertlets;
import io.millrace.views.sql.language.BoundedFunctions;
import io.millrace.views.sql.language.SqlTypeFactory;
import io.millrace.views.sql.language.StandardOperators;
import io.millrace.views.sql.language.UncomputableException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** The SQL of this program: which words, which functions, and how what is wrong is told. */
final class Dialect {
  /** A few times what anyone writes, and little enough for a parser that calls itself. */
  private static final int MOST_CHARACTERS = 64 << 10;

  private static final int MOST_SHOWN = 500;

  /**
   * What must give the same value at every reading of the log does not ask when or at random; and
   * those that ask who are left out everywhere.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "RAND",
          "RAND_INTEGER",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "LOCALTIME",
          "LOCALTIMESTAMP");

  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.chain(
          StandardOperators.withFunctions(LEFT_OUT),
          SqlOperatorTables.of(List.of(ViewFunctions.TOP_K, ViewFunctions.APPROX_PERCENTILE)));

  private static final SqlConformance CONFORMANCE = SqlConformanceEnum.LENIENT;

  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withQuotedCasing(Casing.UNCHANGED)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withConformance(CONFORMANCE);

  /** What is compared or added is of one type, or the statement says how it becomes so. */
  private static final SqlValidator.Config VALIDATOR =
      SqlValidator.Config.DEFAULT
          .withConformance(CONFORMANCE)
          .withIdentifierExpansion(true)
          .withTypeCoercionEnabled(false);

  private static final SqlToRelConverter.Config CONVERTER =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          // A list of IN is a condition, however long it is, and not a join with a table.
          .withInSubQueryThreshold(Integer.MAX_VALUE);

  private Dialect() {}

  /** Parses and checks a query about the tables of a schema. */
  static CheckedQuery check(String query, SchemaPlus schema) {
    if (query.isBlank()) {
      throw new SqlException(
          Tokens.positionOf(query, query.length()), "expected a query after AS: SELECT …");
    }
    try {
      SqlNode parsed = SqlParser.create(query, PARSER).parseStmt();
      if (!parsed.isA(SqlKind.QUERY)) {
        throw new SqlException(position(parsed), "expected a query: SELECT …");
      }
      SqlNode written = parsed.clone(parsed.getParserPosition());
      RelRoot root = algebra(parsed, schema);
      return new CheckedQuery(written, root.withRel(bounded(root.rel)));
    } catch (SqlParseException malformed) {
      throw new SqlException(position(malformed.getPos()), firstLine(malformed), malformed);
    } catch (CalciteContextException wrong) {
      throw located(wrong);
    } catch (StackOverflowError | AssertionError | RuntimeException unforeseen) {
      if (unforeseen instanceof SqlException known) {
        throw known;
      }
      throw located(unforeseen);
    }
  }

  private static RelRoot algebra(SqlNode query, SchemaPlus schema) {
    var types = new SqlTypeFactory();
    var tables =
        new CalciteCatalogReader(
            CalciteSchema.from(schema),
            List.of(),
            types,
            new CalciteConnectionConfigImpl(new Properties())
                .set(CalciteConnectionProperty.CASE_SENSITIVE, "false"));
    SqlValidator validator = SqlValidatorUtil.newValidator(OPERATORS, tables, types, VALIDATOR);
    SqlNode validated = validator.validate(query);
    var cluster = RelOptCluster.create(new VolcanoPlanner(), new RexBuilder(types));
    return new SqlToRelConverter(
            (type, sql, path, context) -> {
              throw new UnsupportedOperationException("there are no views of views");
            },
            validator,
            tables,
            cluster,
            new BoundedConvertlets(),
            CONVERTER)
        .convertQuery(validated, false, true);
  }

  /** With functions of ours where Calcite's could take for ever. */
  private static RelNode bounded(RelNode step) {
    List<RelNode> inputs = step.getInputs().stream().map(Dialect::bounded).toList();
    RexBuilder expressions = step.getCluster().getRexBuilder();
    return step.copy(step.getTraitSet(), inputs)
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                return super.visitCall(call) instanceof RexCall visited
                    ? BoundedFunctions.bounded(visited, expressions)
                    : call;
              }
            });
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

  /** Refuses what is too long, before any of it is read. */
  static void requireBounded(String statement) {
    if (statement.length() > MOST_CHARACTERS) {
      throw new SqlException(
          SqlException.Position.START,
          "the statement has "
              + statement.length()
              + " characters, more than the "
              + MOST_CHARACTERS
              + " that are allowed");
    }
    Tokens.requireBounded(statement);
  }

  /** What a failure means for whoever wrote the statement. */
  static SqlException located(Throwable wrong) {
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        Throwable reason = context.getCause() == null ? context : context.getCause();
        return new SqlException(
            new SqlException.Position(
                Math.max(1, context.getPosLine()), Math.max(1, context.getPosColumn())),
            firstLine(reason) + advice(firstLine(reason)),
            wrong);
      }
    }
    String message =
        switch (wrong) {
          case StackOverflowError _ ->
              "the statement is nested too deeply; make several views of it";
          case UncomputableException _ -> firstLine(wrong);
          default -> "this cannot be done: " + firstLine(wrong);
        };
    return new SqlException(SqlException.Position.START, message, wrong);
  }

  private static String advice(String message) {
    return message.startsWith("Object '")
        ? "; a view is about clicks, rejected, events or sessions, and not about a view"
        : "";
  }

  private static String firstLine(Throwable problem) {
    String line = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
  }
}
