package io.millrace.views;

import io.millrace.views.table.ReferenceTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views that readers may ask for.
 *
 * @param views each name once
 * @param successors those that are whole and wait to replace one of the views; they are asked for
 *     by the name of their cells
 * @param unready why a view that is defined cannot be read, by its name; whole sentences
 * @param tables the reference tables, which queries can ask too
 */
public record ViewCatalog(
    List<KeptView> views,
    List<KeptView> successors,
    Map<String, String> unready,
    List<ReferenceTable> tables) {
  private static final ViewCatalog BUILT_IN = new ViewCatalog(BuiltInViews.all());

  public ViewCatalog {
    views = List.copyOf(views);
    successors = List.copyOf(successors);
    unready = Map.copyOf(unready);
    tables = List.copyOf(tables);
    if (views.stream().map(KeptView::name).distinct().count() < views.size()) {
      throw new IllegalArgumentException("views: two views have the same name");
    }
  }

  /** Views that every installation has. */
  public ViewCatalog(List<ViewPlan> plans) {
    this(plans.stream().map(KeptView::builtIn).toList(), List.of(), Map.of());
  }

  /** Views without reference tables. */
  public ViewCatalog(List<KeptView> views, List<KeptView> successors, Map<String, String> unready) {
    this(views, successors, unready, List.of());
  }

  /** The same views, with reference tables. */
  public ViewCatalog with(List<ReferenceTable> known) {
    return new ViewCatalog(views, successors, unready, known);
  }

  public static ViewCatalog builtIn() {
    return BUILT_IN;
  }

  public List<ViewPlan> plans() {
    return views.stream().map(KeptView::plan).toList();
  }

  public Map<String, ViewPlan> byName() {
    return plans().stream()
        .collect(Collectors.toUnmodifiableMap(ViewPlan::name, Function.identity()));
  }

  /**
   * Refuses what was read of views that were there before and have gone since: their cells are
   * deleted while they are read.
   *
   * @throws CellsUnavailableException when one has gone
   */
  public void requireAllOf(ViewCatalog before) {
    Stream.concat(before.views.stream(), before.successors.stream())
        .filter(view -> view(view.cells()).isEmpty())
        .findFirst()
        .ifPresent(
            view -> {
              throw CellsUnavailableException.gone(view.cells());
            });
  }

  /** By the name of the view, or by that of its cells, such as {@code pages@7}. */
  public Optional<KeptView> view(String name) {
    return Stream.concat(
            views.stream().filter(view -> view.name().equals(name)),
            Stream.concat(views.stream(), successors.stream())
                .filter(view -> view.cells().equals(name)))
        .findFirst();
  }
}
