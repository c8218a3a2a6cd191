package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a network is used, as a geo database says. What it does not say is empty.
 *
 * @param country ISO 3166-1 alpha-2
 * @param region first subdivision of the country, by its name in English where there is one
 * @param city likewise
 */
public record Place(String country, String region, String city) {

  /** A network that belongs to no place. */
  static final Place NONE = new Place("", "", "");

  /** A look-up that failed. */
  static final Place FAILED = new Place(Enrichment.FAILED, Enrichment.FAILED, Enrichment.FAILED);

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int LONGEST_NAME = 100;

  /**
   * Reads the record of a network. Two layouts are in use: that of MaxMind, which DB-IP shares
   * ({@code country.iso_code}, {@code subdivisions[0].names}, {@code city.names}), and that of
   * ip-location-db ({@code country_code}, {@code state1}, {@code city}).
   */
  static Place of(Map<?, ?> network) {
    Object code = network.get("country_code");
    if (code == null && network.get("country") instanceof Map<?, ?> country) {
      code = country.get("iso_code");
    }
    if (!(code instanceof String country) || !isCountry(country)) {
      return NONE;
    }
    Object region = network.get("state1");
    if (region == null
        && network.get("subdivisions") instanceof List<?> subdivisions
        && !subdivisions.isEmpty()) {
      region = subdivisions.getFirst();
    }
    return new Place(country, name(region), name(network.get("city")));
  }

  /** Of a text, or of a map with names by language. */
  private static String name(@Nullable Object place) {
    Object name = place;
    if (place instanceof Map<?, ?> described) {
      name =
          described.get("names") instanceof Map<?, ?> names && names.get("en") != null
              ? names.get("en")
              : described.get("iso_code");
    }
    return name instanceof String text ? cut(text.strip()) : "";
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_NAME) {
      return text;
    }
    // Half of a character of two units would be no Unicode.
    int end = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_NAME - end);
  }

  /** Registries also write regions, such as AP; Kosovo has a code in use that ISO has not given. */
  private static boolean isCountry(String code) {
    return COUNTRIES.contains(code) || code.equals("XK");
  }
}
