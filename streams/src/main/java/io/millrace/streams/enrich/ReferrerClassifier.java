package io.millrace.streams.enrich;

import io.millrace.streams.enrich.CampaignReader.ClickIdentifier;
import io.millrace.streams.enrich.KnownReferrers.Known;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides how a visitor came by. Immutable, for any number of threads.
 *
 * <p>What is surest speaks first: a referrer of the same host; an identifier that advertisers pay
 * for; the tags of the link's owner; the table of known sites; an identifier that is not paid for,
 * such as the {@code fbclid} on every link out of Facebook, only where there is no referrer; and at
 * last the bare host.
 */
final class ReferrerClassifier {
  private final KnownReferrers known;
  private final Map<String, ClickIdentifier> clickIdentifiers;

  private ReferrerClassifier(KnownReferrers known, Map<String, ClickIdentifier> clickIdentifiers) {
    this.known = known;
    this.clickIdentifiers = clickIdentifiers;
  }

  static ReferrerClassifier bundled(CampaignReader campaigns) {
    return new ReferrerClassifier(KnownReferrers.bundled(), campaigns.clickIdentifiers());
  }

  /**
   * Classifies one visit.
   *
   * @param referrer the referring URL as sent; empty, {@code -} or without host if there is none
   */
  Referrer classify(String referrer, PageUrl page, Campaign campaign) {
    String host = PageUrl.hostOf(referrer);
    if (isSameSite(host, page.host())) {
      return new Referrer(host, Medium.INTERNAL, "");
    }
    ClickIdentifier click = clickIdentifiers.get(campaign.clickIdentifier());
    if (click != null && click.medium() == Medium.PAID) {
      return new Referrer(host, Medium.PAID, taggedSource(campaign).orElse(click.source()));
    }
    if (campaign.isTagged()) {
      return new Referrer(
          host,
          taggedMedium(campaign.medium()),
          taggedSource(campaign).orElseGet(() -> siteOf(host).source()));
    }
    if (click != null && host.isEmpty()) {
      return new Referrer(host, click.medium(), click.source());
    }
    Known site = siteOf(host);
    return new Referrer(host, site.medium(), site.source());
  }

  private static boolean isSameSite(String host, String pageHost) {
    return !host.isEmpty()
        && (host.equals(pageHost) || PageUrl.withoutWww(host).equals(PageUrl.withoutWww(pageHost)));
  }

  private Known siteOf(String host) {
    if (host.isEmpty()) {
      return new Known(Medium.DIRECT, "");
    }
    return known.of(host).orElseGet(() -> new Known(Medium.REFERRAL, PageUrl.withoutWww(host)));
  }

  private Optional<String> taggedSource(Campaign campaign) {
    return campaign.source().isEmpty()
        ? Optional.empty()
        : Optional.of(known.canonicalSource(campaign.source()));
  }

  /**
   * People write "cpc", "Paid-Social", "e-mail": letters decide, not their case or what is between.
   */
  private static Medium taggedMedium(String utmMedium) {
    String letters = lettersOf(utmMedium);
    return switch (letters) {
      case "cpc", "ppc", "cpm", "cpv", "cpa", "cpp", "sem", "ad", "ads", "display", "banner" ->
          Medium.PAID;
      case "retargeting", "remarketing" -> Medium.PAID;
      case "email", "mail", "newsletter" -> Medium.EMAIL;
      case "sm" -> Medium.SOCIAL;
      case "organic", "organicsearch" -> Medium.SEARCH;
      case "referral" -> Medium.REFERRAL;
      default -> byBeginning(letters);
    };
  }

  private static Medium byBeginning(String letters) {
    if (letters.startsWith("paid")) {
      return Medium.PAID;
    }
    return letters.startsWith("social") ? Medium.SOCIAL : Medium.CAMPAIGN;
  }

  private static String lettersOf(String text) {
    var letters = new StringBuilder(text.length());
    text.toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetter)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }
}
