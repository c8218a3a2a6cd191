package io.millrace.server.traffic;

import java.util.List;

/**
 * Where simulated visitors come from: the table of countries, their share of the traffic, and
 * networks that access providers there have held for long, so that any geography database finds
 * them (each was looked up in two). An address in one of them is random, and nobody's in
 * particular.
 *
 * @param code ISO 3166-1 alpha-2
 * @param weight in proportion to the others
 * @param language of most browsers there
 */
record Country(String code, double weight, String language, List<Network> networks) {

  static final List<Country> ALL =
      List.of(
          country("US", 30, "en-US", "73.0.0.0/8", "24.0.0.0/12", "98.192.0.0/10", "71.192.0.0/12"),
          country("DE", 10, "de-DE", "79.192.0.0/10", "84.128.0.0/10", "91.0.0.0/10"),
          country("GB", 8, "en-GB", "86.128.0.0/10", "90.192.0.0/11", "81.128.0.0/12"),
          country("FR", 6, "fr-FR", "88.160.0.0/11", "82.64.0.0/14", "77.192.0.0/12"),
          country("IN", 9, "en-IN", "117.192.0.0/10", "59.88.0.0/13", "157.32.0.0/12"),
          country("BR", 6, "pt-BR", "179.128.0.0/11", "179.224.0.0/13"),
          country("JP", 5, "ja-JP", "60.32.0.0/12", "114.144.0.0/12"),
          country("NL", 4, "nl-NL", "77.160.0.0/12", "84.24.0.0/13", "82.72.0.0/14"),
          country("CA", 5, "en-CA", "99.224.0.0/11", "70.48.0.0/13", "24.64.0.0/13"),
          country("AU", 4, "en-AU", "58.160.0.0/12", "120.144.0.0/12", "124.176.0.0/12"),
          country("ES", 3, "es-ES", "83.32.0.0/11", "80.24.0.0/13", "88.0.0.0/11"),
          country("IT", 3, "it-IT", "79.0.0.0/10", "95.224.0.0/11"),
          country("PL", 3, "pl-PL", "83.0.0.0/11", "79.184.0.0/13"),
          country("SE", 2, "sv-SE", "81.224.0.0/12", "78.64.0.0/12", "90.224.0.0/12"),
          country("KR", 2, "ko-KR", "175.192.0.0/10", "14.32.0.0/11"),
          country("MX", 2, "es-MX", "189.152.0.0/14", "189.172.0.0/14", "187.136.0.0/14"),
          country("ID", 2, "id-ID", "36.64.0.0/11", "125.160.0.0/13"),
          country("TR", 2, "tr-TR", "78.160.0.0/11", "88.224.0.0/11"),
          country("ZA", 1, "en-ZA", "41.112.0.0/12", "197.64.0.0/11"),
          country("AR", 1, "es-AR", "181.24.0.0/13", "186.128.0.0/12"));

  Country {
    networks = List.copyOf(networks);
  }

  private static Country country(String code, double weight, String language, String... networks) {
    return new Country(
        code, weight, language, List.of(networks).stream().map(Network::parse).toList());
  }
}
