package io.millrace.query.sql;

import io.millrace.views.KeptView;
import io.millrace.views.ViewCatalog;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Of the views that there are those that are kept per site, without reference tables: the same
 * object until they change. What cannot be read yet is not there: of a name alone nobody knows
 * whether it will be kept per site. Safe for any number of threads.
 */
public final class PerSiteCatalog implements Supplier<ViewCatalog> {
  private final Supplier<ViewCatalog> whole;
  private volatile @Nullable Made latest;

  private record Made(ViewCatalog of, ViewCatalog perSite) {}

  /** Makes the part of a catalog. */
  public PerSiteCatalog(Supplier<ViewCatalog> whole) {
    this.whole = whole;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a catalog is the same until it changes
  public ViewCatalog get() {
    ViewCatalog current = whole.get();
    Made made = latest;
    if (made == null || made.of != current) {
      made =
          new Made(
              current,
              new ViewCatalog(perSite(current.views()), perSite(current.successors()), Map.of()));
      latest = made;
    }
    return made.perSite;
  }

  private static List<KeptView> perSite(List<KeptView> views) {
    return views.stream().filter(view -> view.plan().isPerSite()).toList();
  }
}
