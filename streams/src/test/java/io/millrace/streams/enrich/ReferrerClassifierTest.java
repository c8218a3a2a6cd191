package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferrerClassifierTest {
  private final CampaignReader campaigns = CampaignReader.bundled();
  private final ReferrerClassifier classifier = ReferrerClassifier.bundled(campaigns);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | direct   | ''",
        "-                                               | direct   | ''",
        "about:blank                                     | direct   | ''",
        "https://shop.example/a                          | internal | ''",
        "http://www.shop.example:80/a                    | internal | ''",
        "https://blog.shop.example/                      | referral | blog.shop.example",
        "https://www.google.com/                         | search   | Google",
        "http://www.google.co.uk/url?sa=t                | search   | Google",
        "https://google.com.br                           | search   | Google",
        "https://notgoogle.com/                          | referral | notgoogle.com",
        "https://www.google.evil.example/                | referral | google.evil.example",
        "https://mail.google.com/mail/u/0                | email    | Gmail",
        "android-app://com.google.android.gm             | email    | Gmail",
        "https://translate.google.de/translate           | referral | Google Translate",
        "https://www.bing.com/search?q=a                 | search   | Bing",
        "https://duckduckgo.com/                         | search   | DuckDuckGo",
        "https://de.search.yahoo.com/                    | search   | Yahoo",
        "https://search.yahoo.co.jp/                     | search   | Yahoo",
        "http://www.baidu.com/s?wd=a                     | search   | Baidu",
        "https://yandex.com.tr/                          | search   | Yandex",
        "https://search.brave.com/                       | search   | Brave",
        "https://l.facebook.com/l.php                    | social   | Facebook",
        "https://t.co/abc                                | social   | X",
        "https://old.reddit.com/r/java                   | social   | Reddit",
        "https://news.ycombinator.com/item?id=1          | social   | Hacker News",
        "https://mastodon.social/@a                      | social   | Mastodon",
        "https://bsky.app/                               | social   | Bluesky",
        "https://uk.pinterest.com/                       | social   | Pinterest",
        "https://chatgpt.com/                            | referral | ChatGPT",
        "https://github.com/a/b                          | referral | GitHub",
        "https://www.another.example/page                | referral | another.example",
      })
  void aReferrerTellsTheMedium(String referrer, String medium, String source) {
    Referrer found = classify(referrer, "https://shop.example/");

    assertThat(found.medium().label()).isEqualTo(medium);
    assertThat(found.source()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gclid=1                                         | paid     | Google",
        "msclkid=1                                       | paid     | Bing",
        "gclid=1&utm_source=newsletter&utm_medium=email  | paid     | newsletter",
        "utm_source=google&utm_medium=cpc                | paid     | Google",
        "utm_source=Google.com&utm_medium=PPC            | paid     | Google",
        "utm_source=facebook&utm_medium=Paid-Social      | paid     | Facebook",
        "utm_source=may&utm_medium=e-mail                | email    | may",
        "utm_source=x&utm_medium=social                  | social   | X",
        "utm_source=poster&utm_medium=print              | campaign | poster",
        "utm_campaign=may                                | campaign | ''",
        "fbclid=1                                        | social   | Facebook",
        "fbclid=1&utm_source=ig&utm_medium=cpc           | paid     | ig",
        "mc_cid=1                                        | email    | Mailchimp",
        "utm_term=shoe                                   | direct   | ''",
      })
  void aLinkTellsTheMediumWhereThereIsNoReferrer(String query, String medium, String source) {
    Referrer found = classify("", "https://shop.example/?" + query);

    assertThat(found.medium().label()).isEqualTo(medium);
    assertThat(found.source()).isEqualTo(source);
  }

  @Test
  void tagsOverruleAForeignReferrerButNotOneOfTheSameSite() {
    String page = "https://shop.example/?utm_source=may&utm_medium=email";

    assertThat(classify("https://www.google.com/", page).medium()).isEqualTo(Medium.EMAIL);
    assertThat(classify("https://shop.example/a", page).medium()).isEqualTo(Medium.INTERNAL);
  }

  @Test
  void anIdentifierThatIsNotPaidForDoesNotOverruleAReferrer() {
    Referrer found = classify("https://www.google.com/", "https://shop.example/?fbclid=1");

    assertThat(found).isEqualTo(new Referrer("www.google.com", Medium.SEARCH, "Google"));
  }

  @Test
  void aCampaignWithoutSourceIsOfTheSiteItCameFrom() {
    Referrer found = classify("https://t.co/a", "https://shop.example/?utm_campaign=may");

    assertThat(found).isEqualTo(new Referrer("t.co", Medium.CAMPAIGN, "X"));
  }

  @Property
  void classifiesAnyTexts(@ForAll String referrer, @ForAll String url) {
    assertThatCode(
            () -> {
              classify(referrer, url);
              classify("http://" + referrer, "http://shop.example/?utm_medium=" + url);
              classify("http://.." + referrer + "..co.uk", url);
            })
        .doesNotThrowAnyException();
  }

  private Referrer classify(String referrer, String url) {
    PageUrl page = PageUrl.of(url);
    return classifier.classify(referrer, page, campaigns.read(page));
  }
}
