package io.millrace.streams.enrich;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of sites that are known to send visitors. Immutable, for any number of threads.
 *
 * <p>A domain stands for everything under it, and the longest one that fits a host is taken: {@code
 * mail.google.*} before {@code google.*}. A star stands for the domain of a country or {@code com},
 * so that no list of countries has to be kept.
 */
final class KnownReferrers {
  /** What countries put before their own domain, as in {@code co.uk} and {@code com.br}. */
  private static final Set<String> SECOND_LEVELS =
      Set.of("co", "com", "net", "org", "or", "ne", "edu", "gov", "ac");

  private static final String ANY_COUNTRY = ".*";

  private final Map<String, Known> byDomain = new HashMap<>();
  private final Map<String, Known> byDomainOfAnyCountry = new HashMap<>();
  private final Map<String, String> sourcesByLowerName = new HashMap<>();

  /** What the table says of a site. */
  record Known(Medium medium, String source) {}

  private KnownReferrers(List<List<String>> rows) {
    for (List<String> row : rows) {
      add(row.get(0), new Known(Medium.labelled(row.get(1)), row.get(2)));
    }
  }

  static KnownReferrers bundled() {
    return new KnownReferrers(TableFile.rows("referrers.tsv", 3));
  }

  private void add(String domain, Known known) {
    boolean anyCountry = domain.endsWith(ANY_COUNTRY);
    String key = anyCountry ? domain.substring(0, domain.length() - 2) : domain;
    Known earlier = (anyCountry ? byDomainOfAnyCountry : byDomain).put(key, known);
    if (earlier != null) {
      throw new IllegalArgumentException("referrers.tsv: " + domain + " stands there twice");
    }
    sourcesByLowerName.put(known.source().toLowerCase(Locale.ROOT), known.source());
  }

  /** What is known of a host in lower case. */
  Optional<Known> of(String host) {
    int countryStart = countryStart(host);
    for (int start = 0; start < host.length(); start = nextLabel(host, start)) {
      Known known = byDomain.get(host.substring(start));
      if (known == null && start < countryStart) {
        known = byDomainOfAnyCountry.get(host.substring(start, countryStart - 1));
      }
      if (known != null) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** The usual writing of a source somebody named: {@code google} and {@code google.com} alike. */
  String canonicalSource(String named) {
    String lower = named.toLowerCase(Locale.ROOT);
    String byName = sourcesByLowerName.get(lower);
    if (byName != null) {
      return byName;
    }
    return lower.indexOf('.') < 0 ? named : of(lower).map(Known::source).orElse(named);
  }

  private static int nextLabel(String host, int start) {
    int dot = host.indexOf('.', start);
    return dot < 0 ? host.length() : dot + 1;
  }

  /** Where the country's domain begins: at {@code co.uk}, {@code com.br}, {@code fr}. */
  private static int countryStart(String host) {
    int last = host.lastIndexOf('.');
    int secondLast = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
    boolean twoLevels =
        secondLast >= 0
            && host.length() - last == 3
            && SECOND_LEVELS.contains(host.substring(secondLast + 1, last));
    return (twoLevels ? secondLast : last) + 1;
  }
}
