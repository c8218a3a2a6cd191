package io.millrace.server.traffic;

import java.util.List;

/**
 * Where simulated visitors come from: the table of countries, their share of the traffic, and
 * networks that large access providers there have held for long, so that any geography database
 * finds them. An address in one of them is random, and nobody's in particular.
 *
 * @param code ISO 3166-1 alpha-2
 * @param weight in proportion to the others
 * @param language of most browsers there
 */
record Country(String code, double weight, String language, List<Network> networks) {

  static final List<Country> ALL =
      List.of(
          // Comcast, Verizon
          country("US", 30, "en-US", "73.0.0.0/8", "24.0.0.0/12", "98.192.0.0/10", "71.192.0.0/12"),
          // Deutsche Telekom
          country("DE", 10, "de-DE", "79.192.0.0/10", "84.128.0.0/10", "91.0.0.0/10"),
          // BT, Sky
          country("GB", 8, "en-GB", "86.128.0.0/10", "90.192.0.0/11", "81.128.0.0/12"),
          // Free, SFR
          country("FR", 6, "fr-FR", "88.160.0.0/11", "82.64.0.0/14", "77.192.0.0/12"),
          // BSNL, Airtel, Jio
          country("IN", 9, "en-IN", "117.192.0.0/10", "122.160.0.0/12", "157.32.0.0/12"),
          // Vivo, Claro, TIM
          country("BR", 6, "pt-BR", "179.128.0.0/11", "179.208.0.0/12", "191.176.0.0/12"),
          // NTT
          country("JP", 5, "ja-JP", "60.32.0.0/12", "114.144.0.0/12"),
          // KPN, Ziggo
          country("NL", 4, "nl-NL", "77.160.0.0/12", "84.24.0.0/13", "82.72.0.0/14"),
          // Rogers, Bell, Shaw
          country("CA", 5, "en-CA", "99.224.0.0/11", "70.48.0.0/13", "24.64.0.0/13"),
          // Telstra
          country("AU", 4, "en-AU", "101.160.0.0/11", "58.160.0.0/12", "120.144.0.0/12"),
          // Telefónica
          country("ES", 3, "es-ES", "83.32.0.0/11", "80.24.0.0/13", "88.0.0.0/11"),
          // Telecom Italia
          country("IT", 3, "it-IT", "79.0.0.0/10", "95.224.0.0/11"),
          // Orange Polska
          country("PL", 3, "pl-PL", "83.0.0.0/11", "79.184.0.0/13"),
          // Telia
          country("SE", 2, "sv-SE", "81.224.0.0/12", "78.64.0.0/12", "90.224.0.0/12"),
          // KT
          country("KR", 2, "ko-KR", "175.192.0.0/10", "14.32.0.0/11"),
          // Telmex
          country("MX", 2, "es-MX", "189.128.0.0/10", "187.192.0.0/11"),
          // Telkom
          country("ID", 2, "id-ID", "36.64.0.0/11", "125.160.0.0/13"),
          // Türk Telekom
          country("TR", 2, "tr-TR", "78.160.0.0/11", "88.224.0.0/11"),
          // Vodacom
          country("ZA", 1, "en-ZA", "41.0.0.0/11", "197.64.0.0/11"),
          // Telecom Argentina
          country("AR", 1, "es-AR", "181.24.0.0/13", "186.56.0.0/13"));

  Country {
    networks = List.copyOf(networks);
  }

  private static Country country(String code, double weight, String language, String... networks) {
    return new Country(
        code, weight, language, List.of(networks).stream().map(Network::parse).toList());
  }
}
