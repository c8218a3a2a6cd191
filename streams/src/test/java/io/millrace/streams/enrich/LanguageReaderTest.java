package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageReaderTest {
  private final LanguageReader reader = new LanguageReader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-DE                  | de  | de-DE",
        "de                     | de  | de",
        "pt_br                  | pt  | pt-BR",
        "EN-us                  | en  | en-US",
        "zh-Hans-CN             | zh  | zh-CN",
        "es-419                 | es  | es-419",
        "sr-Latn-RS             | sr  | sr-RS",
        "de-CH-1901             | de  | de-CH",
        "en-US-u-ca-buddhist    | en  | en-US",
        "en-u-rg-uszz           | en  | en",
        "en-x-DE                | en  | en",
        "en-US,en;q=0.9,de;q=.8 | en  | en-US",
        "fil-PH                 | fil | fil-PH",
        "iw-IL                  | he  | he-IL",
        "sq-XK                  | sq  | sq-XK",
        "en-ZZ                  | en  | en",
      })
  void readsATag(String text, String language, String locale) {
    assertThat(reader.read(text)).isEqualTo(new VisitorLanguage(language, locale));
    assertThat(reader.read(text)).isEqualTo(new VisitorLanguage(language, locale));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "C", "POSIX", "qq", "xx-DE", "-", "_", ",de", "deutsch", "de de"})
  void whatIsNoLanguageIsUnknown(String text) {
    assertThat(reader.read(text)).isEqualTo(VisitorLanguage.UNKNOWN);
  }

  @Property
  void anyTextHasAShortLanguageOrNone(@ForAll String text) {
    assertThat(reader.read(text).locale()).hasSizeLessThanOrEqualTo(7);
    String some = text.substring(0, Math.min(text.length(), 90));
    assertThat(reader.read("de-" + some).locale()).startsWith("de").hasSizeLessThanOrEqualTo(6);
    assertThat(reader.read("a".repeat(100_000) + text)).isEqualTo(VisitorLanguage.UNKNOWN);
  }
}
