package io.millrace.query.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.ViewPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Lets scans read only the columns that are looked at, and merge cells before they become rows
 * where all that is done with the rows is to merge them.
 *
 * <p>The plan above a scan stays as it is: SUM(events) over the cells of a month is the same as
 * over sums of these cells, be they by path, by day or read from cells of days in the first place.
 * Only the number of rows differs, and with it time and memory. What a row is made of are the
 * columns whose values are looked at, and the window as far as it is.
 */
final class ScanMerging {
  private ScanMerging() {}

  /** The same plan with scans that do as much as they can. */
  static RelNode pushedDown(RelNode step) {
    if (step instanceof org.apache.calcite.rel.core.Aggregate aggregate) {
      Optional<ColumnUses> uses = uses(aggregate);
      Optional<RelNode> merged =
          uses.flatMap(known -> rewritten(aggregate.getInput(), known, true));
      if (merged.isPresent()) {
        return aggregate.copy(aggregate.getTraitSet(), List.of(merged.get()));
      }
      Optional<RelNode> narrowed = rewritten(aggregate.getInput(), lookedAt(aggregate), false);
      if (narrowed.isPresent()) {
        return aggregate.copy(aggregate.getTraitSet(), List.of(narrowed.get()));
      }
    }
    if (step instanceof Project || step instanceof Filter) {
      Optional<RelNode> narrowed = rewritten(step, usesOfAll(step), false);
      if (narrowed.isPresent()) {
        return narrowed.get();
      }
    }
    List<RelNode> inputs = step.getInputs().stream().map(ScanMerging::pushedDown).toList();
    return inputs.equals(step.getInputs()) ? step : step.copy(step.getTraitSet(), inputs);
  }

  /** What an aggregation looks at; empty where it needs each row. */
  private static Optional<ColumnUses> uses(org.apache.calcite.rel.core.Aggregate aggregate) {
    var uses = new ColumnUses();
    aggregate.getGroupSet().forEach(uses::addValue);
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<MergingFunction> function = MergingFunction.of(call);
      if (function.isEmpty()) {
        return Optional.empty();
      }
      uses.addMerged(call.getArgList().getFirst(), function.get());
      if (call.hasFilter()) {
        uses.addValue(call.filterArg);
      }
    }
    return Optional.of(uses);
  }

  /** The columns that an aggregation looks at, however it does. */
  private static ColumnUses lookedAt(org.apache.calcite.rel.core.Aggregate aggregate) {
    var uses = new ColumnUses();
    aggregate.getGroupSet().forEach(uses::addValue);
    for (AggregateCall call : aggregate.getAggCallList()) {
      call.getArgList().forEach(uses::addValue);
      if (call.hasFilter()) {
        uses.addValue(call.filterArg);
      }
    }
    return uses;
  }

  private static ColumnUses usesOfAll(RelNode step) {
    var uses = new ColumnUses();
    for (int i = 0; i < step.getRowType().getFieldCount(); i++) {
      uses.addValue(i);
    }
    return uses;
  }

  /**
   * A chain of projections and filters down to a scan, with a scan that does what it can; empty
   * where there is no such chain, or it cannot be merged and should.
   */
  private static Optional<RelNode> rewritten(RelNode step, ColumnUses uses, boolean merges) {
    return switch (step) {
      case ViewScan scan -> (merges ? merged(scan, uses) : Optional.of(narrowed(scan, uses)));
      case Project project ->
          below(project, uses, merges)
              .flatMap(used -> rewritten(project.getInput(), used, merges))
              .map(input -> project.copy(project.getTraitSet(), List.of(input)));
      case Filter filter ->
          rewritten(filter.getInput(), below(filter, uses), merges)
              .map(input -> filter.copy(filter.getTraitSet(), List.of(input)));
      default -> Optional.empty();
    };
  }

  private static RelNode narrowed(ViewScan scan, ColumnUses uses) {
    return scan.with(scan.request().needing(uses.all()));
  }

  private static ColumnUses below(Filter filter, ColumnUses uses) {
    var below = new ColumnUses();
    for (int column : uses.all()) {
      below.addAll(uses, column, column);
    }
    below.addExpression(filter.getCondition());
    return below;
  }

  private static Optional<ColumnUses> below(Project project, ColumnUses uses, boolean merges) {
    if (project.containsOver()) {
      return Optional.empty();
    }
    var below = new ColumnUses();
    for (int column = 0; column < project.getProjects().size(); column++) {
      RexNode expression = project.getProjects().get(column);
      if (!uses.all().contains(column)) {
        // Nobody looks at it, but it is computed all the same.
        below.addExpression(expression);
        continue;
      }
      if (expression instanceof RexInputRef reference) {
        below.addAll(uses, column, reference.getIndex());
      } else if (merges && !isIdempotent(uses.merged().getOrDefault(column, Set.of()))) {
        return Optional.empty();
      } else {
        below.addExpression(expression);
      }
    }
    return Optional.of(below);
  }

  private static boolean isIdempotent(Set<MergingFunction> functions) {
    return functions.stream().allMatch(MergingFunction::isIdempotent);
  }

  private static Optional<RelNode> merged(ViewScan scan, ColumnUses uses) {
    // Rows that overlap would count twice, and whether there is one is not known of a part of it.
    ViewPlan plan = scan.request().plan();
    if (plan.hop().isPresent() || plan.reading().having().isPresent()) {
      return Optional.empty();
    }
    List<ViewColumn> columns = ViewColumn.of(plan);
    for (int i = 0; i < columns.size(); i++) {
      if (!canMerge(columns.get(i), i, uses)) {
        return Optional.empty();
      }
    }
    Grain finest = scan.request().plan().finestGrain();
    Grain grain =
        finest == Grain.ALL
            ? Grain.ALL
            : grains(columns, uses, finest).min(Grain.BY_LENGTH).orElse(Grain.ALL);
    Grain noShorter = longer(grain, finest);
    return Optional.of(scan.with(scan.request().merged(uses.all(), noShorter)));
  }

  private static Grain longer(Grain one, Grain other) {
    return Stream.of(one, other).max(Comparator.comparing(grain -> grain, Grain.BY_LENGTH)).get();
  }

  private static boolean canMerge(ViewColumn column, int index, ColumnUses uses) {
    Set<MergingFunction> functions = uses.merged().getOrDefault(index, Set.of());
    if (column instanceof ViewColumn.OfAggregate(int _, Aggregate aggregate)) {
      return !uses.values().contains(index)
          && functions.stream().allMatch(function -> function.isThatOf(aggregate));
    }
    return !(column instanceof ViewColumn.OfComputed && uses.all().contains(index))
        && isIdempotent(functions);
  }

  /** The grains by which windows must be told apart. */
  private static Stream<Grain> grains(List<ViewColumn> columns, ColumnUses uses, Grain finest) {
    List<Grain> grains = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean isTime =
          columns.get(i) instanceof ViewColumn.OfWindowStart
              || columns.get(i) instanceof ViewColumn.OfWindowEnd;
      if (isTime && (uses.values().contains(i) || uses.merged().containsKey(i))) {
        grains.add(finest);
      }
      Set<Grain> rounded = new HashSet<>(uses.rounded().getOrDefault(i, Set.of()));
      if (isTime && !rounded.isEmpty()) {
        // The end of a window lies in the next unit, where its start does not.
        grains.addAll(
            columns.get(i) instanceof ViewColumn.OfWindowStart ? rounded : Set.of(finest));
      }
    }
    return grains.stream();
  }
}
