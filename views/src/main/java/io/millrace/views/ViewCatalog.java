package io.millrace.views;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The views there are, by name. */
public record ViewCatalog(List<ViewPlan> plans) {
  private static final ViewCatalog BUILT_IN = new ViewCatalog(BuiltInViews.all());

  public ViewCatalog {
    plans = List.copyOf(plans);
    if (plans.stream().map(ViewPlan::name).distinct().count() < plans.size()) {
      throw new IllegalArgumentException("plans: two views have the same name");
    }
  }

  public static ViewCatalog builtIn() {
    return BUILT_IN;
  }

  public Map<String, ViewPlan> byName() {
    return plans.stream()
        .collect(Collectors.toUnmodifiableMap(ViewPlan::name, Function.identity()));
  }

  public Optional<ViewPlan> view(String name) {
    return plans.stream().filter(plan -> plan.name().equals(name)).findFirst();
  }
}
