package io.millrace.query.answer;

import io.millrace.model.cell.Grain;
import io.millrace.views.Hop;
import io.millrace.views.KeptView;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is asked of a view, once it is known to make sense.
 *
 * @param site empty for a view that is not kept per site
 * @param grain the windows of a series, or {@link Grain#ALL} for one row per group over the span
 * @param filters for each dimension within a site the values asked for; empty for any
 * @param ranking which groups come first
 * @param rowOrder in what order the rows come
 * @param top only so many of the first groups
 * @param limit at most so many rows
 * @param offset after leaving out so many
 */
public record ViewQuestion(
    KeptView view,
    String site,
    TimeSpan span,
    Grain grain,
    List<Set<String>> filters,
    RowOrder ranking,
    RowOrder rowOrder,
    OptionalInt top,
    int limit,
    int offset) {

  public ViewQuestion {
    filters = List.copyOf(filters);
    if (filters.size() != view.plan().groupDimensions().size()) {
      throw new IllegalArgumentException(
          "filters: expected " + view.plan().groupDimensions().size() + ", got " + filters.size());
    }
    if (limit < 1 || offset < 0) {
      throw new IllegalArgumentException("limit, offset: got " + limit + " and " + offset);
    }
  }

  public ViewPlan plan() {
    return view.plan();
  }

  public boolean isSeries() {
    return grain != Grain.ALL;
  }

  /** The windows of its rows, where they overlap: those of a series of the shortest grain. */
  Optional<Hop> hop() {
    return grain == plan().finestGrain() ? plan().hop() : Optional.empty();
  }

  boolean admits(List<String> dimensions) {
    for (int i = 0; i < filters.size(); i++) {
      if (!filters.get(i).isEmpty() && !filters.get(i).contains(dimensions.get(i))) {
        return false;
      }
    }
    return true;
  }
}
