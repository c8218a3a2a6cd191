package io.millrace.query.sql;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Moves conditions on site, window_start and dimensions from a filter into the scan below it. Only
 * what the scan does exactly is moved; the rest stays.
 */
final class ScanFilters {
  private static final Set<SqlKind> COMPARISONS =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL);

  private ScanFilters() {}

  /** The same plan with all that can be moved in the scans. */
  static RelNode pushedDown(RelNode step) {
    List<RelNode> inputs = step.getInputs().stream().map(ScanFilters::pushedDown).toList();
    if (step instanceof Filter filter && inputs.getFirst() instanceof ViewScan scan) {
      return pushedDown(filter, scan);
    }
    return inputs.equals(step.getInputs()) ? step : step.copy(step.getTraitSet(), inputs);
  }

  private static RelNode pushedDown(Filter filter, ViewScan scan) {
    List<ViewColumn> columns = ViewColumn.of(scan.request().plan());
    ScanRequest request = scan.request();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<ScanRequest> narrowed = narrowed(request, columns, condition);
      if (narrowed.isEmpty()) {
        rest.add(condition);
      }
      request = narrowed.orElse(request);
    }
    ViewScan narrow = scan.with(request);
    if (rest.isEmpty()) {
      return narrow;
    }
    return filter.copy(
        filter.getTraitSet(),
        narrow,
        RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest));
  }

  private static Optional<ScanRequest> narrowed(
      ScanRequest request, List<ViewColumn> columns, RexNode condition) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    RexNode one = call.getOperands().get(0);
    RexNode other = call.getOperands().get(1);
    if (one instanceof RexInputRef column && other instanceof RexLiteral literal) {
      return narrowed(request, columns.get(column.getIndex()), call.getKind(), literal);
    }
    if (one instanceof RexLiteral literal && other instanceof RexInputRef column) {
      return narrowed(request, columns.get(column.getIndex()), call.getKind().reverse(), literal);
    }
    if (one instanceof RexInputRef column) {
      return later(request, columns.get(column.getIndex()), call.getKind(), other);
    }
    if (other instanceof RexInputRef column) {
      return later(request, columns.get(column.getIndex()), call.getKind().reverse(), one);
    }
    return Optional.empty();
  }

  /** A condition whose value is the same for all rows, but not known before the query runs. */
  private static Optional<ScanRequest> later(
      ScanRequest request, ViewColumn column, SqlKind comparison, RexNode value) {
    boolean isOfType =
        switch (column) {
          case ViewColumn.OfSite() -> isEqualityOfText(comparison, value);
          case ViewColumn.OfDimension _ -> isEqualityOfText(comparison, value);
          case ViewColumn.OfWindowStart() ->
              COMPARISONS.contains(comparison)
                  && value.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
          case ViewColumn.OfWindowEnd() -> false;
          case ViewColumn.OfAggregate _, ViewColumn.OfComputed _ -> false;
        };
    return isOfType && isKnownToRun(value)
        ? Optional.of(request.with(new ScanRequest.LaterFilter(column, comparison, value)))
        : Optional.empty();
  }

  private static boolean isEqualityOfText(SqlKind comparison, RexNode value) {
    return comparison == SqlKind.EQUALS && SqlTypeUtil.inCharFamily(value.getType());
  }

  /** Made of parameters and literals alone. */
  private static boolean isKnownToRun(RexNode value) {
    return switch (value) {
      case RexLiteral _ -> true;
      case RexDynamicParam _ -> true;
      case RexOver _ -> false;
      case RexSubQuery _ -> false;
      case RexCall call ->
          call.getOperator().isDeterministic()
              && call.getOperands().stream().allMatch(ScanFilters::isKnownToRun);
      default -> false;
    };
  }

  /** The request with what its conditions compare with in one run. */
  static ScanRequest bound(ScanRequest request, @Nullable Object[] values) {
    ScanRequest bound = request.withoutLater();
    for (int i = 0; i < values.length; i++) {
      bound = bound(bound, request.later().get(i), values[i]);
    }
    return bound;
  }

  private static ScanRequest bound(
      ScanRequest request, ScanRequest.LaterFilter filter, @Nullable Object value) {
    // Nothing is equal to null, or before or after it.
    return switch (filter.column()) {
      case ViewColumn.OfSite() -> request.ofSites(texts(value));
      case ViewColumn.OfDimension(int index) -> request.ofValues(index, texts(value));
      case ViewColumn.OfWindowStart() -> {
        Span span =
            value instanceof Number millis
                ? span(filter.comparison(), millis.longValue())
                : new Span(0, 0);
        yield request.within(span.from(), span.to());
      }
      case ViewColumn.OfWindowEnd() -> throw new IllegalStateException("a filter of window_end");
      case ViewColumn.OfAggregate _, ViewColumn.OfComputed _ ->
          throw new IllegalStateException("a filter of an aggregate");
    };
  }

  private static Optional<ScanRequest> narrowed(
      ScanRequest request, ViewColumn column, SqlKind comparison, RexLiteral literal) {
    return switch (column) {
      case ViewColumn.OfSite() -> texts(comparison, literal).map(request::ofSites);
      case ViewColumn.OfDimension(int index) ->
          texts(comparison, literal).map(some -> request.ofValues(index, some));
      case ViewColumn.OfWindowStart() ->
          span(comparison, literal).map(span -> request.within(span.from(), span.to()));
      case ViewColumn.OfWindowEnd() -> Optional.empty();
      case ViewColumn.OfAggregate _, ViewColumn.OfComputed _ -> Optional.empty();
    };
  }

  private static Set<String> texts(@Nullable Object value) {
    return value instanceof String text ? Set.of(text) : Set.of();
  }

  private static Optional<Set<String>> texts(SqlKind comparison, RexLiteral literal) {
    if (comparison == SqlKind.EQUALS) {
      return text(literal.getValue()).map(Set::of);
    }
    if (comparison == SqlKind.SEARCH
        && literal.getValue() instanceof Sarg<?> sarg
        && sarg.isPoints()) {
      Set<String> all = new HashSet<>();
      for (Range<?> point : sarg.rangeSet.asRanges()) {
        Optional<String> text = text(point.lowerEndpoint());
        if (text.isEmpty()) {
          return Optional.empty();
        }
        all.add(text.get());
      }
      return Optional.of(all);
    }
    return Optional.empty();
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof NlsString text ? Optional.of(text.getValue()) : Optional.empty();
  }

  private static Optional<Span> span(SqlKind comparison, RexLiteral literal) {
    if (comparison == SqlKind.SEARCH) {
      return literal.getValue() instanceof Sarg<?> sarg && sarg.rangeSet.asRanges().size() == 1
          ? span(sarg.rangeSet.asRanges().iterator().next())
          : Optional.empty();
    }
    TimestampString time = literal.getValueAs(TimestampString.class);
    if (literal.isNull() || time == null) {
      return Optional.empty();
    }
    return COMPARISONS.contains(comparison)
        ? Optional.of(span(comparison, time.getMillisSinceEpoch()))
        : Optional.empty();
  }

  private static Span span(SqlKind comparison, long millis) {
    return switch (comparison) {
      case EQUALS -> new Span(millis, millis + 1);
      case GREATER_THAN_OR_EQUAL -> new Span(millis, Long.MAX_VALUE);
      case GREATER_THAN -> new Span(millis + 1, Long.MAX_VALUE);
      case LESS_THAN -> new Span(Long.MIN_VALUE, millis);
      case LESS_THAN_OR_EQUAL -> new Span(Long.MIN_VALUE, millis + 1);
      default -> throw new IllegalArgumentException("comparison: " + comparison);
    };
  }

  private static Optional<Span> span(Range<?> range) {
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    if (range.hasLowerBound()) {
      if (!(range.lowerEndpoint() instanceof TimestampString time)) {
        return Optional.empty();
      }
      from = time.getMillisSinceEpoch() + (range.lowerBoundType() == BoundType.OPEN ? 1 : 0);
    }
    if (range.hasUpperBound()) {
      if (!(range.upperEndpoint() instanceof TimestampString time)) {
        return Optional.empty();
      }
      to = time.getMillisSinceEpoch() + (range.upperBoundType() == BoundType.CLOSED ? 1 : 0);
    }
    return Optional.of(new Span(from, to));
  }

  /** Window starts in milliseconds since 1970, the end no longer included. */
  private record Span(long from, long to) {}
}
