package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenClassTest {

  @ParameterizedTest
  @CsvSource({
    "390x844,phone",
    "844x390,phone",
    "599x1200,phone",
    "600x960,tablet",
    "768x1024,tablet",
    "1180x820,tablet",
    "1199x800,tablet",
    "1200x800,laptop",
    "1366x768,laptop",
    "1599x900,laptop",
    "1600x900,desktop",
    "1920x1080,desktop",
    "99999x99999,desktop",
  })
  void sizeDecides(String screen, String screenClass) {
    assertThat(ScreenClass.of(screen)).isEqualTo(screenClass);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1920", "1920x", "x1080", "0x0", "1920X1080", "-1x5", "1x2x3"})
  void whatIsNoSizeHasNoClass(String screen) {
    assertThat(ScreenClass.of(screen)).isEmpty();
  }

  @Property
  void anyTextHasOneOfTheClassesOrNone(@ForAll String one, @ForAll String other) {
    assertThat(ScreenClass.of(one + 'x' + other)).isIn("", "phone", "tablet", "laptop", "desktop");
  }
}
