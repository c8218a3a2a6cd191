package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeoDatabaseTest {
  private static final GeoDatabase GEO = GeoDatabase.bundled();

  @ParameterizedTest
  @CsvSource({
    "83.149.9.0,RU",
    "8.8.8.0,US",
    "5.9.0.0,DE",
    "212.58.244.0,GB",
    "133.1.1.0,JP",
    "2a01:4f8::,DE",
    "2001:200::,JP",
    "2001:4860:4860::,US",
    "2A01:04F8:0000::,DE",
    "::ffff:83.149.9.0,RU",
  })
  void knowsTheCountryOfANetwork(String address, String country) {
    assertThat(GEO.place(address)).isEqualTo(new Place(country, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "10.0.0.0",
        "192.168.1.0",
        "172.16.0.0",
        "100.64.0.0",
        "127.0.0.0",
        "0.0.0.0",
        "169.254.1.0",
        "192.0.2.0",
        "224.0.0.0",
        "255.255.255.0",
        "::",
        "::1",
        "fe80::",
        "fe80::1%eth0",
        "fd00::",
        "2001:db8:1::",
        "64:ff9b::808:808",
        "localhost",
        "shop.example",
        "8.8",
        "134744072",
        "8.8.8.8.8",
        "8.8.8.256",
        "8.8.8.0/24",
        "8.8.8.0:80",
        "[2a01:4f8::]",
        ":::",
        "...",
        "1:2:3:4:5:6:7:8:9",
      })
  void whatBelongsToNoCountryHasNone(String address) {
    assertThat(GEO.place(address)).isEqualTo(Place.NONE);
  }

  @Property
  void answersToAnyText(@ForAll String text) {
    assertThatCode(() -> GEO.place(text)).doesNotThrowAnyException();
  }

  @Test
  void tellsWhenItWasMade() {
    assertThat(GEO.built()).isBetween("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z");
  }
}
