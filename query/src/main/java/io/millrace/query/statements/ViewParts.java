package io.millrace.query.statements;

import io.millrace.model.cell.Grain;
import io.millrace.query.answer.AggregateKind;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.FactPart;
import io.millrace.views.Filter;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import java.time.Duration;
import java.util.Locale;

/** What the parts of a view are, in words. */
final class ViewParts {
  private ViewParts() {}

  /** What a column of a view is. */
  static String about(String column, ViewPlan plan) {
    for (Aggregate aggregate : plan.aggregates()) {
      if (aggregate.name().equals(column)) {
        return inWords(aggregate);
      }
    }
    for (Dimension dimension : plan.dimensions()) {
      if (dimension.label().equals(column)) {
        return "group";
      }
    }
    for (ReadColumn read : plan.readColumns()) {
      if (read.name().equals(column)) {
        return "computed when it is read";
      }
    }
    return switch (column) {
      case "window_start" -> "first moment of the window, UTC";
      case "window_end" -> "first moment after the window";
      default -> "";
    };
  }

  /** Such as {@code sum of scroll_depth, of those of which type is page}. */
  static String inWords(Aggregate aggregate) {
    String what = AggregateKind.of(aggregate).label().toLowerCase(Locale.ROOT).replace('_', ' ');
    String of = aggregate.input().map(FactPart::label).map(label -> " of " + label).orElse("");
    String where =
        aggregate.filter() instanceof Filter.Everything
            ? ""
            : ", where " + aggregate.filter().label();
    return what + of + where;
  }

  /** Such as {@code minute, kept 7 days}. */
  static String inWords(Grain grain, ViewPlan plan) {
    Duration period = plan.retention().periods().get(grain);
    return grain == Grain.ALL
        ? "one for all time"
        : grain.label() + ", kept " + (period == null ? "for ever" : period.toDays() + " days");
  }
}
