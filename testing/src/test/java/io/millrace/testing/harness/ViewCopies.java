package io.millrace.testing.harness;

import io.millrace.views.BuiltInViews;
import io.millrace.views.ViewCompiler;
import io.millrace.views.ViewPlan;
import java.util.Optional;

/**
 * A language of definitions in which the text is the name of a built-in view, of which the new one
 * is a copy: so what must be in its cells is known.
 */
public final class ViewCopies implements ViewCompiler {
  @Override
  public ViewPlan compile(String name, String text) {
    ViewPlan plan =
        BuiltInViews.all().stream()
            .filter(view -> view.name().equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no view to copy: " + text));
    return new ViewPlan(
        name,
        plan.source(),
        plan.filter(),
        plan.dimensions(),
        plan.grains(),
        plan.aggregates(),
        Optional.empty(),
        plan.retention());
  }
}
