package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHintsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\", \"Not_A Brand\";v=\"99\"",
        "\" Not A;Brand\";v=\"99\", \"Chromium\";v=\"99.0.4844.51\"",
        "\"\\\\Not\\\"A;Brand\";v=\"99\",\"Opera\";v=\"83\"",
        "\"Not(A:Brand\";v=\"24\"",
      })
  void whatBrowsersSendIsKept(String list) {
    var hints = new ClientHints(list, list, "?1", "\"Chrome OS\"", "\"15.0.0\"", "\"SM-A536B\"");

    assertThat(hints.plausible()).isEqualTo(hints);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Chromium",
        "\"Chromium\"",
        "\"Chromium\";v=142",
        "\"Chromium\";v=\"142\",",
        "\"Chro\nmium\";v=\"142\"",
        "\"Chrömium\";v=\"142\"",
        "\"Chromium\";v=\"<142>\"",
        "?1",
      })
  void whatNoneSendsIsLeftOut(String text) {
    assertThat(new ClientHints(text, text, "1", "", "", "").plausible())
        .isEqualTo(ClientHints.NONE);
  }

  @Test
  void aLongHintIsLeftOut() {
    String brand = "\"Chromium\";v=\"142\"";
    String brands = brand + (", " + brand).repeat(9);
    String model = '"' + "m".repeat(64) + '"';
    var hints = new ClientHints(brands, brands + ", " + brand, "", "", model, '"' + model);

    assertThat(hints.plausible()).isEqualTo(new ClientHints(brands, "", "", "", model, ""));
  }

  @Test
  void noTextKeepsTheCheckBusy() {
    String hostile = "\"" + "\\\"".repeat(30) + "\";v=\"" + " ".repeat(30) + "\",";
    String many = hostile.repeat(100_000);

    assertThatCode(() -> new ClientHints(many, many, many, many, many, many).plausible())
        .doesNotThrowAnyException();
    assertThat(Duration.ofNanos(timeOf(hostile.repeat(4)))).isLessThan(Duration.ofSeconds(1));
  }

  @Property
  void whatIsLeftIsBounded(@ForAll String text) {
    var hints = new ClientHints(text, text, text, text, text, '"' + text + '"').plausible();

    assertThat(hints.brands()).hasSizeLessThanOrEqualTo(ClientHints.LONGEST_LIST);
    assertThat(hints.model()).hasSizeLessThanOrEqualTo(ClientHints.LONGEST_TEXT);
    assertThat(hints.plausible()).isEqualTo(hints);
  }

  private static long timeOf(String brands) {
    long begun = System.nanoTime();
    new ClientHints(brands, "", "", "", "", "").plausible();
    return System.nanoTime() - begun;
  }
}
