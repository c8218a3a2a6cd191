package io.millrace.server.drill.load;

import java.util.Arrays;

/** Where visitors are, and what the database in the box says of it. */
enum Place {
  NOWHERE("", "", ""),
  AMERICA("8.8.8.8", "8.8.8.0", "US"),
  GERMANY("91.0.0.1", "91.0.0.0", "DE");

  private final String address;
  private final String network;
  private final String country;

  Place(String address, String network, String country) {
    this.address = address;
    this.network = network;
    this.country = country;
  }

  static Place of(String network) {
    return Arrays.stream(values())
        .filter(place -> place.network.equals(network))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("network: no drill sends " + network));
  }

  String network() {
    return network;
  }

  String address() {
    return address;
  }

  String country() {
    return country;
  }
}
