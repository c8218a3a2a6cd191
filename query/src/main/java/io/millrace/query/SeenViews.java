package io.millrace.query;

import io.millrace.query.access.Caller;
import io.millrace.query.access.SiteScope;
import io.millrace.query.sql.PerSiteCatalog;
import io.millrace.views.ViewCatalog;
import java.util.function.Supplier;

/**
 * The views that a caller may know of: who sees some sites alone learns nothing of those over all
 * sites, not even that there are any. Safe for any number of threads.
 *
 * @param whole all there are
 * @param perSite those that are kept per site
 */
record SeenViews(Supplier<ViewCatalog> whole, Supplier<ViewCatalog> perSite) {

  static SeenViews of(Supplier<ViewCatalog> whole) {
    return new SeenViews(whole, new PerSiteCatalog(whole));
  }

  ViewCatalog by(Caller caller) {
    return supplierFor(caller).get();
  }

  Supplier<ViewCatalog> supplierFor(Caller caller) {
    return switch (caller.sites()) {
      case SiteScope.Every() -> whole;
      case SiteScope.Only _ -> perSite;
    };
  }
}
