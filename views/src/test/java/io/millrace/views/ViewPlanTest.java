package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViewPlanTest {

  @Test
  void whatHoldsMoreThanCountedEventsNeverBecomesFinal() {
    List<String> neverFinal =
        BuiltInViews.all().stream()
            .filter(plan -> !plan.canBecomeFinal())
            .map(ViewPlan::name)
            .toList();

    assertThat(neverFinal).containsExactly(BuiltInViews.OUTCOMES, BuiltInViews.BOOKS);
  }
}
