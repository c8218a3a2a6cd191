package io.millrace.bench.engine;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Up to fifty views in a fixed order. The first is {@code url_click_counts}; all others count
 * events and visitors of each site by the minute, the hour and the day, by none to three further
 * fields. {@code FlinkJob} has the first ten.
 */
final class BenchViews {
  private static final int MOST = 50;

  /** The second to the tenth, as {@code FlinkJob} has them. */
  private static final List<List<Dimension>> NINE =
      List.of(
          List.of(),
          List.of(Field.PATH),
          List.of(Field.REFERRER_HOST),
          List.of(Field.COUNTRY),
          List.of(Field.DEVICE),
          List.of(Field.BROWSER),
          List.of(Field.DEVICE, Field.BROWSER),
          List.of(Field.COUNTRY, Field.DEVICE),
          List.of(Field.PATH, Field.DEVICE));

  /** With few values each, so that the number of views grows and not that of rare groups. */
  private static final List<Dimension> FEW_VALUES =
      List.of(
          Field.TYPE,
          Field.COUNTRY,
          Field.DEVICE,
          Field.BROWSER,
          Field.OPERATING_SYSTEM,
          Field.REFERRER_MEDIUM,
          Field.REFERRER_SOURCE);

  private BenchViews() {}

  static List<ViewPlan> first(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("views: expected 1 to " + MOST + ", got " + count);
    }
    var views = new ArrayList<ViewPlan>();
    views.add(ViewCatalog.builtIn().view(BuiltInViews.URL_CLICK_COUNTS).orElseThrow().plan());
    dimensions().stream().map(BenchViews::visits).limit(count - 1L).forEach(views::add);
    return views;
  }

  /** The same with the books, which Millrace is never without; of 0, the books alone. */
  static List<ViewPlan> firstWithBooks(int count) {
    var views = new ArrayList<ViewPlan>(count == 0 ? List.of() : first(count));
    views.add(ViewCatalog.builtIn().view(BuiltInViews.BOOKS).orElseThrow().plan());
    return views;
  }

  private static List<List<Dimension>> dimensions() {
    var all = new ArrayList<List<Dimension>>(NINE);
    for (int size = 1; size <= 3; size++) {
      choices(FEW_VALUES, size).stream().filter(fields -> !all.contains(fields)).forEach(all::add);
    }
    return all;
  }

  /** All ways to take so many, in order. */
  private static List<List<Dimension>> choices(List<Dimension> fields, int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    var choices = new ArrayList<List<Dimension>>();
    for (int i = 0; i <= fields.size() - size; i++) {
      for (List<Dimension> rest : choices(fields.subList(i + 1, fields.size()), size - 1)) {
        var choice = new ArrayList<Dimension>();
        choice.add(fields.get(i));
        choice.addAll(rest);
        choices.add(choice);
      }
    }
    return choices;
  }

  private static ViewPlan visits(List<Dimension> fields) {
    var everything = new Filter.Everything();
    var dimensions = new ArrayList<Dimension>();
    dimensions.add(Field.SITE);
    dimensions.addAll(fields);
    String name =
        fields.stream()
            .map(field -> "_" + field.label())
            .collect(Collectors.joining("", "visits", ""));
    return new ViewPlan(
        name,
        new Filter.HasOutcome(Outcome.COUNTED),
        dimensions,
        EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY),
        List.of(
            new Aggregate.Count("events", everything),
            new Aggregate.DistinctOf("visitors", everything, Field.VISITOR)),
        Optional.empty());
  }
}
