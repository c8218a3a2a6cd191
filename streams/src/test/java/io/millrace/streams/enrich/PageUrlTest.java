package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "https://Shop.Example/a/b?x=1#top          | shop.example       | /a/b      | x=1",
        "https://shop.example                      | shop.example       | /         | ''",
        "https://shop.example?x=1                  | shop.example       | /         | x=1",
        "https://shop.example/#a?b                 | shop.example       | /         | ''",
        "https://shop.example:8443/a               | shop.example       | /a        | ''",
        "https://user:pa$$@shop.example/a@b        | shop.example       | /a@b      | ''",
        "https://shop.example./a                   | shop.example       | /a        | ''",
        "http://[2001:DB8::1]:80/a                 | [2001:db8::1]      | /a        | ''",
        "http://bücher.example/ü                   | bücher.example     | /ü        | ''",
        "//shop.example/a                          | shop.example       | /a        | ''",
        "shop.example/a                            | shop.example       | /a        | ''",
        "localhost:8080/a                          | localhost          | /a        | ''",
        "/a/b?c                                    | ''                 | /a/b      | c",
        "?c=d                                      | ''                 | /         | c=d",
        "''                                        | ''                 | /         | ''",
        "-                                         | ''                 | -         | ''",
        "about:blank                               | ''                 | /         | ''",
        "mailto:a@shop.example                     | ''                 | /         | ''",
        "javascript:alert('/a')                    | ''                 | /         | ''",
        "file:///C:/a.html                         | ''                 | /C:/a.html| ''",
        "android-app://com.google.android.gm/      | com.google.android.gm | /      | ''",
        "https://shop.example/a??b?c               | shop.example       | /a        | ?b?c",
        "https://                                  | ''                 | /         | ''",
        "https://@/                                | ''                 | /         | ''",
        "https://[::1                              | [::1               | /         | ''",
      })
  void splitsAUrl(String url, String host, String path, String query) {
    assertThat(PageUrl.of(url)).isEqualTo(new PageUrl(host, path, query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//x",
        "/%",
        "/%zz%",
        "/foo bar",
        "/a//b/../c/./",
        "/a;b=c,d",
        "/scripts//%22file://$file/%22",
        "/a:80/b@c",
        "/ü/\u0000/\uD800",
        "/a\\b",
        "\\a",
        "*",
      })
  void keepsThePathThatAnAccessLogShows(String target) {
    assertThat(PageUrl.of("http://Shop.example" + target + "?q=/x#y"))
        .isEqualTo(new PageUrl("shop.example", target, "q=/x"));
  }

  @Test
  void aHostLongerThanAnyNameIsNone() {
    assertThat(PageUrl.of("http://" + "a".repeat(254) + "/b")).isEqualTo(new PageUrl("", "/b", ""));
  }

  @Property
  void splitsAnyText(@ForAll @StringLength(max = 60) String text) {
    assertThatCode(
            () -> {
              PageUrl.of(text);
              PageUrl.of("http://" + text);
              PageUrl.of("http://shop.example" + text);
            })
        .doesNotThrowAnyException();
  }

  @Property
  void anyTargetIsKeptUpToItsQuery(@ForAll @StringLength(max = 60) String rest) {
    String target = "/" + rest.replace("#", "");
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);

    assertThat(PageUrl.of("http://shop.example" + target).path()).isEqualTo(path);
  }
}
