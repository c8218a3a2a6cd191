package io.millrace.server.traffic;

import java.util.List;

/**
 * What brings simulated visitors to the site.
 *
 * @param weight in proportion to the others
 * @param referrer as the browser sends it, or empty
 * @param query of the landing page's URL, or empty
 * @param landing the kinds of page that it leads to
 */
record Source(double weight, String referrer, String query, List<PageKind> landing) {
  private static final List<PageKind> FRONT =
      List.of(PageKind.HOME, PageKind.HOME, PageKind.LIST, PageKind.ARTICLE);
  private static final List<PageKind> FOUND =
      List.of(PageKind.ARTICLE, PageKind.PRODUCT, PageKind.PRODUCT, PageKind.HOME, PageKind.LIST);
  private static final List<PageKind> SHARED = List.of(PageKind.ARTICLE);
  private static final List<PageKind> OFFERED = List.of(PageKind.PRODUCT, PageKind.LIST);

  static final List<Source> ALL =
      List.of(
          new Source(34, "", "", FRONT),
          new Source(28, "https://www.google.com/", "", FOUND),
          new Source(4, "https://www.bing.com/", "", FOUND),
          new Source(3, "https://duckduckgo.com/", "", FOUND),
          new Source(5, "https://l.facebook.com/", "", SHARED),
          new Source(3, "https://www.instagram.com/", "", OFFERED),
          new Source(3, "https://t.co/", "", SHARED),
          new Source(3, "https://www.reddit.com/", "", SHARED),
          new Source(4, "https://news.ycombinator.com/", "", SHARED),
          new Source(2, "https://www.linkedin.com/", "", SHARED),
          new Source(2, "https://trailnotes.example/links", "", OFFERED),
          new Source(
              4, "", "utm_source=newsletter&utm_medium=email&utm_campaign=autumn-letter", OFFERED),
          new Source(
              4,
              "https://www.google.com/",
              "utm_source=google&utm_medium=cpc&utm_campaign=tents&gclid=EAIaIQobChMI",
              OFFERED),
          new Source(
              2,
              "https://m.facebook.com/",
              "utm_source=facebook&utm_medium=paid_social&utm_campaign=winter-sale",
              OFFERED));

  Source {
    landing = List.copyOf(landing);
  }
}
