package io.millrace.collector.sender;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptLanguageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-DE,de;q=0.9,en;q=0.8       | de-DE",
        "de-DE                         | de-DE",
        "en;q=0.5, fr-CH ; q=0.9       | fr-CH",
        "en, fr                        | en",
        "*                             | ''",
        "*, da                         | da",
        "da;q=0, en;q=0.1              | en",
        "da;q=0                        | ''",
        "da;level=1, en;q=0.1          | en",
        "da;q=x, en;q=.5, fr;q=0.0001  | ''",
        "''                            | ''",
        ",,;,                          | ''",
        "<script>, pt-BR;q=0.2         | pt-BR",
      })
  void theFirstOfThoseThatAreWantedMostIsKept(String header, String language) {
    assertThat(AcceptLanguage.preferred(header)).isEqualTo(language);
  }

  @Property
  void anyHeaderHasAShortLanguageOrNone(@ForAll String text) {
    assertThat(AcceptLanguage.preferred(text)).hasSizeLessThanOrEqualTo(AcceptLanguage.LONGEST_TAG);
    assertThat(AcceptLanguage.preferred("a".repeat(100_000) + text)).isEmpty();
  }
}
