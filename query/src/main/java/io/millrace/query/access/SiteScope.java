package io.millrace.query.access;

import io.millrace.query.answer.QueryString;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.Set;

/**
 * Which sites a caller sees. Who sees some alone sees nothing that is not of a site either: no view
 * over all sites, and no reference table.
 */
public sealed interface SiteScope {
  /** All there are. */
  static SiteScope every() {
    return new Every();
  }

  /** Whether a site is seen; the empty text stands for what is not of a site. */
  boolean admits(String site);

  /**
   * Refuses what is not seen in the same words, whether there is such a site or not.
   *
   * @throws QueryException that it is forbidden
   */
  default void require(String site) {
    if (!admits(site)) {
      throw new QueryException(
          QueryErrorCode.FORBIDDEN,
          site.isEmpty()
              ? "this is about all sites, and this token is for some alone"
              : "this token is not for the site \"" + QueryString.shortened(site) + "\"");
    }
  }

  /** All there are. */
  record Every() implements SiteScope {
    @Override
    public boolean admits(String site) {
      return true;
    }
  }

  /** Some alone. */
  record Only(Set<String> sites) implements SiteScope {
    public Only {
      sites = Set.copyOf(sites);
    }

    @Override
    public boolean admits(String site) {
      return sites.contains(site);
    }
  }
}
