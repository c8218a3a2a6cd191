package io.millrace.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a view is when it is read, on top of its cells. Nothing of it is kept: cells are as they
 * would be without.
 *
 * @param hop windows that overlap, made of those of the shortest grain
 * @param having which rows there are; a row of which it is unknown is none
 * @param computed columns that are computed of the aggregates of a row
 * @param hidden names of the aggregates that are there for these alone
 */
public record ViewReading(
    Optional<Hop> hop,
    Optional<GroupExpression> having,
    List<ReadColumn.Computed> computed,
    Set<String> hidden) {

  /** The cells, and nothing else. */
  public static final ViewReading PLAIN =
      new ViewReading(Optional.empty(), Optional.empty(), List.of(), Set.of());

  public ViewReading {
    computed = List.copyOf(computed);
    hidden = Set.copyOf(hidden);
  }

  /** Whether a row is one of the view. */
  public boolean admits(GroupRow row) {
    return having.isEmpty() || Boolean.TRUE.equals(having.get().of(row));
  }

  /** What there is to be seen after the groups: aggregates first, then what is computed. */
  List<ReadColumn> columns(List<Aggregate> aggregates) {
    var columns = new ArrayList<ReadColumn>();
    for (int i = 0; i < aggregates.size(); i++) {
      if (!hidden.contains(aggregates.get(i).name())) {
        columns.add(new ReadColumn.OfAggregate(i, aggregates.get(i)));
      }
    }
    columns.addAll(computed);
    return List.copyOf(columns);
  }
}
