package io.millrace.query.statements;

import io.millrace.model.cell.Grain;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.Computed;
import io.millrace.views.DefinedViews;
import io.millrace.views.Dimension;
import io.millrace.views.KeptView;
import io.millrace.views.ViewControl;
import io.millrace.views.ViewCost;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tells what is computed for a view, and what it costs: that is found by computing it for the
 * events that came last.
 */
final class ViewExplanation {
  private static final int EVENTS_TRIED = 10_000;

  private final DefinedViews views;
  private final ViewControl control;

  ViewExplanation(DefinedViews views, ViewControl control) {
    this.views = views;
    this.control = control;
  }

  /** Of a view that is not there yet. */
  SqlAnswer of(Statement.CreateView statement) {
    return explained(ViewChanges.requireDefinable(statement, control.tables()));
  }

  SqlAnswer of(String name, Position position) {
    return explained(
        views
            .catalog()
            .view(name)
            .map(KeptView::plan)
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryErrorCode.UNKNOWN_VIEW,
                        position,
                        views.catalog().unready().getOrDefault(name, "there is no view " + name))));
  }

  private SqlAnswer explained(ViewPlan plan) {
    var rows = new Rows("part", "says");
    rows.add("source", plan.source().name().toLowerCase(Locale.ROOT));
    rows.add("filter", plan.filter().label());
    plan.tables()
        .forEach(
            table ->
                rows.add(
                    "table",
                    table.plan().name()
                        + ", a row looked up by "
                        + String.join(", ", table.plan().key())
                        + " for each event"));
    for (Dimension dimension : plan.dimensions()) {
      rows.add("group", dimension.label());
    }
    plan.grains().stream()
        .sorted(Grain.BY_LENGTH)
        .forEach(grain -> rows.add("window", ViewParts.inWords(grain, plan)));
    plan.aggregates()
        .forEach(
            aggregate ->
                rows.add("aggregate", aggregate.name() + ": " + ViewParts.inWords(aggregate)));
    plan.hop()
        .ifPresent(
            hop ->
                rows.add(
                    "read",
                    "in windows of "
                        + hop.slides()
                        + " times "
                        + hop.slide().label()
                        + ", merged of cells"));
    plan.reading().having().ifPresent(having -> rows.add("read", "rows with " + having));
    addComputed(plan, rows);
    addCost(plan, rows);
    return rows.answer(Integer.MAX_VALUE);
  }

  private void addComputed(ViewPlan plan, Rows rows) {
    Set<Computed> elsewhere = new LinkedHashSet<>();
    views.catalog().plans().stream()
        .filter(other -> !other.name().equals(plan.name()))
        .forEach(other -> elsewhere.addAll(other.computed()));
    for (Computed computed : plan.computed()) {
      rows.add(
          "computed",
          computed.text() + (elsewhere.contains(computed) ? ", shared with other views" : ""));
    }
  }

  private void addCost(ViewPlan plan, Rows rows) {
    ViewCost cost = ViewCost.of(plan, control.latest(EVENTS_TRIED));
    if (cost.events() == 0) {
      rows.add("cost", "unknown: there are no events to try it with");
      return;
    }
    rows.add("tried with", "the latest " + cost.events() + " events");
    rows.add("admitted", cost.admitted() + " of them");
    rows.add(
        "cells",
        String.format(
            Locale.ROOT,
            "%d, %.1f for 1,000 events",
            cost.cells(),
            1000.0 * cost.cells() / cost.events()));
    if (cost.cells() > 0) {
      rows.add("bytes of a cell", cost.bytes() / cost.cells() + " with its key, on average");
    }
    rows.add(
        "CPU time",
        String.format(
            Locale.ROOT, "about %.1f µs an event, before merging", cost.cpu().toNanos() / 1000.0));
  }
}
