package io.millrace.query.sql;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.ViewCatalog;
import io.millrace.views.sql.language.BoundedConvertlets;
import io.millrace.views.sql.language.SqlTypeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.plan.volcano.AbstractConverter;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.CancelFlag;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the text of a query the steps that answer it. Belongs to one query and one thread.
 *
 * <p>What can be done to every plan is done first, by rules in no particular order: subqueries to
 * joins, filters to the views. Then the scans take over what they can. Only the choice of physical
 * steps is left to the planner that compares costs; it does not reorder joins, whose number it
 * would be exponential in.
 */
final class QueryPlanner {
  /** Of an IN; a longer one is joined, since conditions are costly to simplify. */
  private static final int LONGEST_CONDITION = 40;

  private static final SqlConformance CONFORMANCE = new Conformance();
  private static final SqlOperatorTable OPERATORS = SqlOperators.all();

  static final SqlParser.Config PARSER =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withCaseSensitive(false)
          .withConformance(CONFORMANCE);

  private static final SqlValidator.Config VALIDATOR =
      SqlValidator.Config.DEFAULT
          .withConformance(CONFORMANCE)
          .withDefaultNullCollation(NullCollation.LAST)
          .withIdentifierExpansion(true);

  private static final SqlToRelConverter.Config CONVERTER =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(LONGEST_CONDITION);

  private static final List<RelOptRule> SUBQUERIES =
      List.of(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

  /** Sums stay as they are: as counts and sums they could not be read from merged cells. */
  private static final RelOptRule AVERAGES =
      AggregateReduceFunctionsRule.Config.DEFAULT
          .withFunctionsToReduce(
              EnumSet.of(
                  SqlKind.AVG,
                  SqlKind.STDDEV_POP,
                  SqlKind.STDDEV_SAMP,
                  SqlKind.VAR_POP,
                  SqlKind.VAR_SAMP))
          .toRule();

  private static final List<RelOptRule> FILTERS =
      List.of(
          CoreRules.FILTER_REDUCE_EXPRESSIONS,
          CoreRules.PROJECT_REDUCE_EXPRESSIONS,
          CoreRules.FILTER_MERGE,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.FILTER_AGGREGATE_TRANSPOSE,
          CoreRules.FILTER_SET_OP_TRANSPOSE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE,
          CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES,
          AVERAGES);

  private static final List<RelOptRule> AFTER_TRIMMING =
      List.of(
          CoreRules.FILTER_MERGE,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE);

  private final Instant now;
  private final RexBuilder expressions;
  private final VolcanoPlanner planner;
  private final RelOptCluster cluster;
  private final CalciteCatalogReader catalogReader;
  private final SqlValidator validator;

  QueryPlanner(
      ViewCatalog catalog,
      SqlTypeFactory types,
      QueryContext context,
      Instant now,
      AtomicBoolean stop) {
    this.now = now;
    RelMetadataQueryBase.THREAD_PROVIDERS.set(
        JaninoRelMetadataProvider.of(DefaultRelMetadataProvider.INSTANCE));
    CalciteConnectionConfig config =
        new CalciteConnectionConfigImpl(new Properties())
            .set(CalciteConnectionProperty.CASE_SENSITIVE, "false");
    catalogReader =
        new CalciteCatalogReader(
            CalciteSchema.createRootSchema(false, false, "", new ViewSchema(catalog)),
            List.of(),
            types,
            config);
    validator = SqlValidatorUtil.newValidator(OPERATORS, catalogReader, types, VALIDATOR);
    planner = new VolcanoPlanner(contextOf(config, stop));
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    planner.setExecutor(new RexExecutorImpl(context));
    physicalRules().forEach(planner::addRule);
    expressions = new RexBuilder(types);
    cluster = RelOptCluster.create(planner, expressions);
  }

  private static Context contextOf(CalciteConnectionConfig config, AtomicBoolean stop) {
    return Contexts.of(config, new CancelFlag(stop));
  }

  private static List<RelOptRule> physicalRules() {
    List<RelOptRule> rules = new ArrayList<>(EnumerableRules.rules());
    // Needs its inputs in order, which those of cells are not.
    rules.remove(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    rules.add(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    rules.add(AbstractConverter.ExpandConversionRule.INSTANCE);
    return rules;
  }

  /**
   * Plans a query.
   *
   * @param withParameters whether literals become parameters where they can, so that the plan can
   *     be kept for other values
   * @throws SqlParseException for what is no SQL
   * @throws RuntimeException for what makes no sense, or cannot be done
   */
  PlannedQuery plan(SqlText text, boolean withParameters) throws SqlParseException {
    SqlNode statement = SqlParser.create(text.parsable(), PARSER).parseStmt();
    boolean isExplained = statement instanceof SqlExplain;
    SqlNode query = statement instanceof SqlExplain explain ? explain.getExplicandum() : statement;
    if (!query.isA(SqlKind.QUERY)) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          new Position(
              query.getParserPosition().getLineNum(), query.getParserPosition().getColumnNum()),
          "only queries are answered here: SELECT, WITH, VALUES, and EXPLAIN PLAN FOR one");
    }
    SqlNode numbered = NamedOrder.numbered(query);
    List<LiteralParameters.Parameter> literals =
        withParameters && !isExplained ? LiteralParameters.putInto(numbered, text) : List.of();
    SqlNode validated = validator.validate(numbered);
    List<RelDataType> parameters = parameters(validated, text.parameters().size());
    RelRoot root =
        new SqlToRelConverter(
                (type, sql, schema, path) -> {
                  throw new UnsupportedOperationException("there are no views of views");
                },
                validator,
                catalogReader,
                cluster,
                new BoundedConvertlets(),
                CONVERTER)
            .convertQuery(validated, false, true);
    List<String> names = root.fields.stream().map(field -> field.getValue()).toList();
    RelNode rel = root.project();
    Optional<QueryTime> time =
        isExplained
            ? Optional.empty()
            : Optional.of(new QueryTime(text.parameters().size() + literals.size()));
    EnumerableRel plan = physical(logical(rel, time, positionOfMerge(text)));
    return new PlannedQuery(
        plan,
        names,
        rel.getRowType().getFieldList().stream().map(field -> field.getType()).toList(),
        parameters,
        literals,
        isExplained);
  }

  private List<RelDataType> parameters(SqlNode query, int count) {
    var found = new TreeMap<Integer, RelDataType>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            found.put(parameter.getIndex(), validator.getValidatedNodeType(parameter));
            return null;
          }
        });
    return List.copyOf(found.headMap(count).values());
  }

  private static Position positionOfMerge(SqlText text) {
    int index = text.parsable().indexOf(SqlText.MERGE);
    return Position.of(text.original(), Math.max(0, index));
  }

  private RelNode logical(RelNode rel, Optional<QueryTime> time, Position merge) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, catalogReader);
    RelNode joined = rewritten(rel, SUBQUERIES);
    RelNode flat = RelDecorrelator.decorrelateQuery(joined, builder);
    RelNode bound = new FunctionBinding(expressions, now, time, merge).bound(flat);
    RelNode filtered = rewritten(bound, FILTERS);
    RelNode trimmed = new RelFieldTrimmer(null, builder).trim(filtered);
    RelNode pushed = ScanFilters.pushedDown(rewritten(trimmed, AFTER_TRIMMING));
    return ScanMerging.pushedDown(pushed);
  }

  private RelNode rewritten(RelNode rel, List<RelOptRule> rules) {
    var hep =
        new HepPlanner(
            new HepProgramBuilder().addRuleCollection(rules).build(), planner.getContext());
    hep.setRoot(rel);
    return hep.findBestExp();
  }

  private EnumerableRel physical(RelNode rel) {
    RelTraitSet wanted = rel.getTraitSet().replace(EnumerableConvention.INSTANCE).simplify();
    planner.setRoot(rel.getTraitSet().equals(wanted) ? rel : planner.changeTraits(rel, wanted));
    RelNode best = planner.findBestExp();
    return (EnumerableRel)
        Programs.calc(DefaultRelMetadataProvider.INSTANCE)
            .run(planner, best, wanted, List.of(), List.of());
  }

  /**
   * As lenient as can be, but where names would be taken for other columns: ORDER BY SUM(events)
   * means the column of the view, also where the sum is called events.
   */
  private static final class Conformance extends SqlDelegatingConformance {
    Conformance() {
      super(SqlConformanceEnum.BABEL);
    }

    @Override
    public SelectAliasLookup isSelectAlias() {
      return SelectAliasLookup.UNSUPPORTED;
    }

    @Override
    public boolean isHavingAlias() {
      return false;
    }

    @Override
    public boolean isSortByAlias() {
      return false;
    }

    @Override
    public boolean isNonStrictGroupBy() {
      return false;
    }
  }
}
