package io.millrace.views.sql.language;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlValuesTest {

  /** Each expected part with a dash for NULL. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://a.example/b?c=d#e, https, a.example, -, /b, c=d, e
          HTTP://A.Example:80, http, a.example, 80, '', -, -
          //a.example/b, -, a.example, -, /b, -, -
          /b/c?d, -, -, -, /b/c, d, -
          b, -, -, -, b, -, -
          '', -, -, -, '', -, -
          mailto:a@b.example, mailto, -, -, a@b.example, -, -
          https://user:pass@a.example:1/b, https, a.example, 1, /b, -, -
          https://[::1]:8080/b, https, [::1], 8080, /b, -, -
          https://[::1]/b, https, [::1], -, /b, -, -
          https://a.example:99999/, https, a.example, -, /, -, -
          https://a.example:x/, https, a.example, -, /, -, -
          https://a.example?b=/c#d?e, https, a.example, -, '', b=/c, d?e
          https://bücher.example/ü, https, bücher.example, -, /ü, -, -
          https:///b, https, -, -, /b, -, -
          https://a.example\\b, https, a.example, -, \\b, -, -
          1:b, -, -, -, 1:b, -, -
          :b, -, -, -, :b, -, -
          ?, -, -, -, '', '', -
          '#', -, -, -, '', -, ''
          """)
  void findsParts(
      String url,
      String protocol,
      String host,
      String port,
      String path,
      String query,
      String end) {
    assertThat(UrlValues.protocol(url)).isEqualTo(orNull(protocol));
    assertThat(UrlValues.host(url)).isEqualTo(orNull(host));
    assertThat(UrlValues.port(url)).isEqualTo(port.equals("-") ? null : Integer.valueOf(port));
    assertThat(UrlValues.path(url)).isEqualTo(orNull(path));
    assertThat(UrlValues.query(url)).isEqualTo(orNull(query));
    assertThat(UrlValues.fragment(url)).isEqualTo(orNull(end));
  }

  private static String orNull(String written) {
    return written.equals("-") ? null : written;
  }

  @ParameterizedTest
  @CsvSource({
    "/?a=1&b=2, b, 2",
    "/?a=1&a=2, a, 1",
    "/?a, a, ''",
    "/?a=, a, ''",
    "/?a=b=c, a, b=c",
    "/?%C3%BC=%E2%82%AC, ü, €",
    "/?a=1#b=2, b,",
    "/?aa=1, a,",
    "/, a,",
    "/?&&a=1&, a, 1",
    "'/?=1', '', 1",
  })
  void findsParameters(String url, String name, String expected) {
    assertThat(UrlValues.parameter(url, name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a+b, a b",
    "%41%, A%",
    "%4, %4",
    "%zz, %zz",
    "%%41, %A",
    "%F0%9F%98%80, 😀",
    "%ff, \uFFFD",
    "日本, 日本",
  })
  void decodesWhatIsEncoded(String text, String expected) {
    assertThat(UrlValues.decode(text)).isEqualTo(expected);
  }

  @Property(tries = 500)
  void whatIsEncodedIsDecodedToTheSame(@ForAll char[] characters) {
    String text = new String(characters);
    String whole =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);

    assertThat(UrlValues.decode(UrlValues.encode(whole))).isEqualTo(whole);
    assertThat(UrlValues.parameter("/?x=1&y=" + UrlValues.encode(whole) + "&z", "y"))
        .isEqualTo(whole);
  }

  @Property(tries = 500)
  void anyTextHasPartsThatAreOfIt(@ForAll String text) {
    assertThat(text).contains(String.valueOf(UrlValues.path(text)));
    UrlValues.host(text);
    UrlValues.port(text);
    UrlValues.parameter(text, "a");
  }

  @Test
  void nullHasNoParts() {
    assertThat(UrlValues.host(null)).isNull();
    assertThat(UrlValues.port(null)).isNull();
    assertThat(UrlValues.path(null)).isNull();
    assertThat(UrlValues.parameter(null, "a")).isNull();
    assertThat(UrlValues.parameter("/?a=1", null)).isNull();
    assertThat(UrlValues.encode(null)).isNull();
  }

  @Test
  void aLongTextTakesOnePass() {
    String long1 = "http://" + "a@:".repeat(300_000) + "?" + "%41&".repeat(300_000);

    assertThat(UrlValues.parameter(long1, "none")).isNull();
    assertThat(UrlValues.host(long1)).isNull();
    assertThat(UrlValues.decode(long1)).hasSizeLessThan(long1.length());
  }
}
