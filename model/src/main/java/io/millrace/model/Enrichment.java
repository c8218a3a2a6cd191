package io.millrace.model;

/**
 * What stage 1 found out about a click. An unknown value is the empty text.
 *
 * @param host of the page, without port
 * @param path of the page, without query, at least {@code /}
 * @param country ISO 3166-1 alpha-2
 * @param device class of device, such as {@code Desktop}, {@code Phone}, {@code Tablet}
 * @param referrerMedium {@code direct}, {@code internal}, {@code search}, {@code social}, {@code
 *     email}, {@code paid}, {@code campaign} or {@code referral}
 * @param referrerSource who sent the visitor, such as {@code Google}; for a plain referral the host
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
    String utmContent) {}
