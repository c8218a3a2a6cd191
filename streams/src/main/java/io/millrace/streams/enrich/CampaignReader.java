package io.millrace.streams.enrich;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the campaign in the query of a page's URL. Names of parameters are compared without regard
 * to case; of a parameter that stands twice the first value counts. Immutable, for any number of
 * threads.
 */
final class CampaignReader {
  private final Map<String, ClickIdentifier> clickIdentifiers;

  /** What the presence of a parameter tells. */
  record ClickIdentifier(String parameter, Medium medium, String source) {}

  private CampaignReader(Map<String, ClickIdentifier> clickIdentifiers) {
    this.clickIdentifiers = clickIdentifiers;
  }

  static CampaignReader bundled() {
    return new CampaignReader(
        TableFile.rows("click-identifiers.tsv", 3).stream()
            .map(row -> new ClickIdentifier(row.get(0), Medium.labelled(row.get(1)), row.get(2)))
            .collect(Collectors.toUnmodifiableMap(ClickIdentifier::parameter, known -> known)));
  }

  Campaign read(PageUrl page) {
    if (page.query().indexOf('=') < 0) {
      return Campaign.NONE;
    }
    var found = new Found();
    QueryParameters.forEach(page.query(), found::take);
    return found.campaign();
  }

  Map<String, ClickIdentifier> clickIdentifiers() {
    return clickIdentifiers;
  }

  /** The campaign of one URL while its parameters go by. */
  private final class Found {
    private String source = "";
    private String medium = "";
    private String name = "";
    private String term = "";
    private String content = "";
    private String clickIdentifier = "";

    void take(String parameter, String value) {
      String lower = parameter.toLowerCase(Locale.ROOT);
      switch (lower) {
        case "utm_source" -> source = first(source, value);
        case "utm_medium" -> medium = first(medium, value);
        case "utm_campaign" -> name = first(name, value);
        case "utm_term" -> term = first(term, value);
        case "utm_content" -> content = first(content, value);
        default -> takeClickIdentifier(lower);
      }
    }

    /** One that was paid for is worth more than one that was not. */
    private void takeClickIdentifier(String parameter) {
      ClickIdentifier known = clickIdentifiers.get(parameter);
      if (known != null && (clickIdentifier.isEmpty() || known.medium() == Medium.PAID)) {
        clickIdentifier = parameter;
      }
    }

    Campaign campaign() {
      return new Campaign(source, medium, name, term, content, clickIdentifier);
    }

    private static String first(String earlier, String value) {
      return earlier.isEmpty() ? value : earlier;
    }
  }
}
