package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimpleRulesTest {

  @Test
  void findThePathOfAPage() {
    assertThat(SimpleRules.path("https://shop.example/a/b")).isEqualTo("/a/b");
    assertThat(SimpleRules.path("https://shop.example")).isEqualTo("/");
  }

  @Test
  void findTheHostOfAReferrerIfThereIsOne() {
    assertThat(SimpleRules.host("https://t.co/walk")).isEqualTo("t.co");
    assertThat(SimpleRules.host("")).isEmpty();
  }

  @Test
  void tellBrowsersApartThatNameEachOther() {
    assertThat(SimpleRules.browser("Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"))
        .isEqualTo("Edge");
    assertThat(SimpleRules.browser("Chrome/142.0.0.0 Safari/537.36")).isEqualTo("Chrome");
    assertThat(SimpleRules.browser("Version/26.1 Safari/605.1.15")).isEqualTo("Safari");
  }
}
