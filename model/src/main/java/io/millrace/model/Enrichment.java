package io.millrace.model;

/**
 * What stage 1 found out about a click. An unknown value is the empty text; one whose step failed
 * is {@link #FAILED}, so that the two can be told apart.
 *
 * @param host of the page, without port
 * @param path of the page, without query, at least {@code /}
 * @param country ISO 3166-1 alpha-2
 * @param device class of device, such as {@code Desktop}, {@code Phone}, {@code Tablet}
 * @param referrerMedium {@code direct}, {@code internal}, {@code search}, {@code social}, {@code
 *     email}, {@code paid}, {@code campaign} or {@code referral}
 * @param referrerSource who sent the visitor, such as {@code Google}; for a plain referral the host
 * @param region first subdivision of the country, by its name in English
 * @param city by its name in English
 * @param browserVersion the major version
 * @param operatingSystemVersion the major version, such as {@code 11}
 * @param language of the visitor, by ISO 639, such as {@code de}
 * @param locale language and region, such as {@code de-DE}; the language alone where the region is
 *     unknown
 * @param screenClass {@code phone}, {@code tablet}, {@code laptop} or {@code desktop}, by the size
 *     of the screen alone
 * @param clickIdentifier name of the parameter that an advertiser or a mailing added to the URL,
 *     such as {@code gclid}; its value says who clicked, and is not here
 * @param failedSteps names of the steps that failed, between commas
 */
public record Enrichment(
    String host,
    String path,
    String country,
    String device,
    String browser,
    String operatingSystem,
    String referrerHost,
    String referrerMedium,
    String referrerSource,
    String utmSource,
    String utmMedium,
    String utmCampaign,
    String utmTerm,
    String utmContent,
    String region,
    String city,
    String browserVersion,
    String operatingSystemVersion,
    String language,
    String locale,
    String screenClass,
    String clickIdentifier,
    String failedSteps) {

  /** The value of a field whose step failed. */
  public static final String FAILED = "(failed)";

  /** One of which only the fields are known that there have been from the beginning. */
  public Enrichment(
      String host,
      String path,
      String country,
      String device,
      String browser,
      String operatingSystem,
      String referrerHost,
      String referrerMedium,
      String referrerSource,
      String utmSource,
      String utmMedium,
      String utmCampaign,
      String utmTerm,
      String utmContent) {
    this(
        host,
        path,
        country,
        device,
        browser,
        operatingSystem,
        referrerHost,
        referrerMedium,
        referrerSource,
        utmSource,
        utmMedium,
        utmCampaign,
        utmTerm,
        utmContent,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }
}
