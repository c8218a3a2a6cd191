package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignReaderTest {
  private final CampaignReader reader = CampaignReader.bundled();

  @Test
  void readsTheFiveParameters() {
    assertThat(
            read(
                "utm_source=news&utm_medium=email&utm_campaign=may&utm_term=shoe&utm_content=top&x=y"))
        .isEqualTo(new Campaign("news", "email", "may", "shoe", "top", ""));
  }

  @Test
  void aQueryWithoutThemSaysNothing() {
    assertThat(read("")).isEqualTo(Campaign.NONE);
    assertThat(read("a=b&utm_source=&utm_medium&=x&&")).isEqualTo(Campaign.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spring+sale         | spring sale",
        "spring%20sale       | spring sale",
        "%20spring%20        | spring",
        "b%C3%BCcher         | bücher",
        "%F0%9F%8D%8E        | \uD83C\uDF4E",
        "100%                | 100%",
        "%zz%4               | %zz%4",
        "%C3                 | \uFFFD",
        "a=b                 | a=b",
      })
  void decodesAValueAsFarAsItCanBe(String sent, String value) {
    assertThat(read("utm_campaign=" + sent).name()).isEqualTo(value);
  }

  @Test
  void theFirstValueCountsWhateverTheCaseOfTheName() {
    assertThat(read("UTM_Source=one&utm_source=two").source()).isEqualTo("one");
  }

  @Test
  void anIdentifierThatWasPaidForIsWorthMore() {
    assertThat(read("fbclid=1&gclid=2&mc_cid=3").clickIdentifier()).isEqualTo("gclid");
    assertThat(read("fbclid=1").clickIdentifier()).isEqualTo("fbclid");
    assertThat(read("gclid=").clickIdentifier()).isEmpty();
  }

  @Property
  void readsAnyQuery(@ForAll String text) {
    assertThatCode(
            () -> {
              read(text);
              read("utm_source=" + text);
              read(text.replace('a', '%').replace('b', '&').replace('c', '=') + "=");
            })
        .doesNotThrowAnyException();
  }

  private Campaign read(String query) {
    return reader.read(new PageUrl("shop.example", "/", query));
  }
}
