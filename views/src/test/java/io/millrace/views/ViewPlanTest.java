package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewPlanTest {

  @Test
  void whatHoldsMoreThanCountedEventsNeverBecomesFinal() {
    List<String> neverFinal =
        BuiltInViews.all().stream()
            .filter(plan -> !plan.canBecomeFinal())
            .map(ViewPlan::name)
            .toList();

    assertThat(neverFinal)
        .containsExactly(
            "session_totals",
            "entry_pages",
            "exit_pages",
            "session_sources",
            BuiltInViews.OUTCOMES,
            BuiltInViews.BOOKS);
  }

  @Test
  void aViewOfSessionsHasTheirFieldsAndWhatCanBeTakenBack() {
    var everything = new Filter.Everything();
    assertThatThrownBy(() -> ofSessions(Field.PATH, new Aggregate.Count("sessions", everything)))
        .hasMessageContaining("SESSIONS have no dimension path");
    assertThatThrownBy(
            () ->
                ofSessions(
                    Field.ENTRY_PAGE,
                    new Aggregate.MaxOf("longest", everything, Field.DURATION_MS)))
        .hasMessageContaining("from longest a session cannot be taken back");
  }

  @Test
  void whatAViewAsksForMustBeThereInItsSource() {
    var everything = new Filter.Everything();
    var counted = new Filter.HasOutcome(Outcome.COUNTED);
    var ofAPath = new Filter.Is(Field.PATH, "/");
    var price = NumericProperty.of("price");

    refused(Source.SESSIONS, counted, count(everything), "SESSIONS", "the outcome is counted");
    refused(Source.SESSIONS, ofAPath, count(everything), "SESSIONS", "path is /");
    refused(Source.SESSIONS, everything, count(ofAPath), "mine: events:", "path is /");
    refused(
        Source.SESSIONS,
        everything,
        new Aggregate.SumOf("revenue", everything, price),
        "mine: revenue: SESSIONS have no properties.price");
    refused(
        Source.SESSIONS,
        everything,
        new Aggregate.SumOf("offsets", everything, Field.OFFSET),
        "mine: offsets: SESSIONS have no offset");
    refused(
        Source.CLICKS,
        new Filter.IsNot(Field.EXIT_PAGE, "/"),
        count(everything),
        "CLICKS",
        "exit_page is not /");
    refused(
        Source.CLICKS,
        everything,
        new Aggregate.QuantileOf("p", everything, Field.DURATION_MS, List.of(0.5)),
        "mine: p: CLICKS have no duration_ms");
    refused(
        Source.CLICKS,
        everything,
        new Aggregate.DistinctOf("entries", everything, Field.ENTRY_PAGE),
        "mine: entries: CLICKS have no entry_page");
  }

  @Test
  void minutesGoByWholeHoursAndHoursByWholeDays() {
    ViewPlan traffic = ViewCatalog.builtIn().view(BuiltInViews.TRAFFIC).orElseThrow().plan();
    ViewPlan books = ViewCatalog.builtIn().view(BuiltInViews.BOOKS).orElseThrow().plan();

    KeptSince kept = traffic.keptSince(millis("2026-03-08T12:34:00Z"));

    assertThat(kept.of(Grain.MINUTE)).isEqualTo(millis("2026-03-01T12:00:00Z"));
    assertThat(kept.of(Grain.HOUR)).isEqualTo(millis("2025-12-08T00:00:00Z"));
    assertThat(kept.of(Grain.DAY)).isEqualTo(Long.MIN_VALUE);
    assertThat(books.keptSince(millis("2026-03-08T12:34:00Z"))).isEqualTo(KeptSince.EVERYTHING);
    assertThat(traffic.keptSince(Long.MIN_VALUE)).isEqualTo(KeptSince.EVERYTHING);
    assertThat(kept.and(traffic.keptSince(millis("2026-03-08T11:00:00Z")))).isEqualTo(kept);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static Aggregate count(Filter filter) {
    return new Aggregate.Count("events", filter);
  }

  private static void refused(
      Source source, Filter filter, Aggregate aggregate, String... reasons) {
    assertThatThrownBy(
            () ->
                new ViewPlan(
                    "mine",
                    source,
                    filter,
                    List.of(Field.SITE),
                    EnumSet.of(Grain.DAY),
                    List.of(aggregate),
                    Optional.empty(),
                    GrainRetention.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(reasons);
  }

  private static ViewPlan ofSessions(Field dimension, Aggregate aggregate) {
    return new ViewPlan(
        "mine",
        Source.SESSIONS,
        new Filter.Everything(),
        List.of(Field.SITE, dimension),
        EnumSet.of(Grain.DAY),
        List.of(aggregate),
        Optional.empty(),
        GrainRetention.DEFAULT);
  }
}
