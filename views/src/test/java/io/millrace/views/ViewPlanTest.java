package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
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
            "sessions",
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
