package io.millrace.views;

import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The views and reference tables that readers may ask for now: the same object until they change,
 * so that what was made for one is good for as long. Safe for any number of threads.
 */
public final class CurrentCatalog implements Supplier<ViewCatalog> {
  private final DefinedViews views;
  private final ReferenceTables tables;
  private volatile @Nullable Made latest;

  private record Made(ViewCatalog of, List<ReferenceTable> tables, ViewCatalog whole) {}

  public CurrentCatalog(DefinedViews views, ReferenceTables tables) {
    this.views = views;
    this.tables = tables;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a catalog is the same until it changes
  public ViewCatalog get() {
    ViewCatalog current = views.catalog();
    List<ReferenceTable> known = tables.known();
    Made made = latest;
    if (made == null || made.of != current || !made.tables.equals(known)) {
      made = new Made(current, known, current.with(known));
      latest = made;
    }
    return made.whole;
  }
}
