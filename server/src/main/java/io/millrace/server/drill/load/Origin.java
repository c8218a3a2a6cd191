package io.millrace.server.drill.load;

import java.util.Arrays;

/** Where visits come from, and what the enrichment must find out about it. */
enum Origin {
  DIRECT("", "", "direct", "", "", "", ""),
  GOOGLE("https://www.google.com/", "", "search", "Google", "", "", ""),
  MASTODON("https://mastodon.social/@a", "", "social", "Mastodon", "", "", ""),
  LETTER(
      "",
      "utm_source=may&utm_medium=email&utm_campaign=spring",
      "email",
      "may",
      "may",
      "email",
      "spring");

  private final String referrer;
  private final String query;
  private final String medium;
  private final String source;
  private final String campaignSource;
  private final String campaignMedium;
  private final String campaign;

  Origin(
      String referrer,
      String query,
      String medium,
      String source,
      String campaignSource,
      String campaignMedium,
      String campaign) {
    this.referrer = referrer;
    this.query = query;
    this.medium = medium;
    this.source = source;
    this.campaignSource = campaignSource;
    this.campaignMedium = campaignMedium;
    this.campaign = campaign;
  }

  /**
   * @param query of the URL, empty for none
   */
  static Origin of(String referrer, String query) {
    return Arrays.stream(values())
        .filter(origin -> origin.referrer.equals(referrer) && origin.query.equals(query))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no drill sends '" + referrer + "' ?" + query));
  }

  String referrer() {
    return referrer;
  }

  String query() {
    return query;
  }

  String medium() {
    return medium;
  }

  String source() {
    return source;
  }

  String campaignSource() {
    return campaignSource;
  }

  String campaignMedium() {
    return campaignMedium;
  }

  String campaign() {
    return campaign;
  }
}
