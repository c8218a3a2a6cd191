package io.millrace.views.sql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {
  private static final String ORDER =
      """
      {"id": 7, "total": 1.50, "paid": true, "note": null, "ü": "日本", "a.b": 1,
       "items": [{"sku": "x", "n": 2}, {"sku": "y"}, [10, 20]], "total": 99}""";

  @ParameterizedTest
  @CsvSource({
    "$.id, 7",
    "$.total, 1.50",
    "$.paid, true",
    "$.note,",
    "$.none,",
    "$.items,",
    "$.ü, 日本",
    "'$.\"a.b\"', 1",
    "'$[\"a.b\"]', 1",
    "$['id'], 7",
    "$.items[0].sku, x",
    "$.items[1].sku, y",
    "$.items[1].n,",
    "$.items[2][1], 20",
    "$.items[9],",
    "$.items.sku,",
    "$[0],",
    "$.id.more,",
    "lax $.id, 7",
    "strict   $.id, 7",
  })
  void findsValues(String path, String expected) {
    assertThat(JsonValues.value(ORDER, path)).isEqualTo(expected);
  }

  @Test
  void findsObjectsAndArrays() {
    assertThat(JsonValues.query(ORDER, "$.items[0]")).isEqualTo("{\"sku\":\"x\",\"n\":2}");
    assertThat(JsonValues.query(ORDER, "$.items[2]")).isEqualTo("[10,20]");
    assertThat(JsonValues.query(ORDER, "$.id")).isNull();
    assertThat(JsonValues.query("[1, 2]", "$")).isEqualTo("[1,2]");
  }

  @Test
  void tellsWhetherThereIsAValue() {
    assertThat(JsonValues.exists(ORDER, "$.note")).isTrue();
    assertThat(JsonValues.exists(ORDER, "$.items[2][0]")).isTrue();
    assertThat(JsonValues.exists(ORDER, "$.items[3]")).isFalse();
    assertThat(JsonValues.exists("no JSON", "$.a")).isFalse();
    assertThat(JsonValues.exists(null, "$.a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "nope", "[", "{]", "\0", "{a:1}"})
  void whatIsNoJsonHasNoValues(String json) {
    assertThat(JsonValues.value(json, "$.a")).isNull();
    assertThat(JsonValues.query(json, "$.a")).isNull();
  }

  @Test
  void deepTextsEndNoThread() {
    String deep = "[".repeat(1_000_000);
    String closed = "{\"a\":".repeat(900) + "1" + "}".repeat(900);

    assertThat(JsonValues.value(deep, "$[0][0]")).isNull();
    assertThat(JsonValues.query(deep, "$[0]")).isNull();
    assertThat(JsonValues.value(closed, "$" + ".a".repeat(50))).isNull();
    assertThat(JsonValues.query(closed, "$.a.a")).hasSize(898 * "{\"a\":}".length() + 1);
  }

  @Property(tries = 500)
  void anyTextIsReadWithoutFailing(@ForAll String text) {
    assertThat(
            JsonValues.value("{\"a\": \"" + text.replaceAll("[^ -!#-\\[\\]-~]", "") + "\"}", "$.a"))
        .isEqualTo(text.replaceAll("[^ -!#-\\[\\]-~]", ""));
    JsonValues.value(text, "$.a");
    JsonValues.query(text, "$[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          '' ; begins with $
          a ; begins with $
          $a ; has steps
          $. ; has a name after each dot
          $..a ; has a name after each dot
          $.* ; no wildcards
          $[*] ; no wildcards
          $[-1] ; from 0
          $[0 ; closes each [
          $[1234567] ; from 0
          $."a ; closes each quote
          $[?(@.a > 1)] ; no wildcards
          """)
  void refusesOtherPaths(String path, String message) {
    assertThatThrownBy(() -> JsonPath.of(path))
        .isInstanceOf(UncomputableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesPathsThatGoTooDeep() {
    assertThatThrownBy(() -> JsonPath.of("$" + ".a".repeat(51))).hasMessageContaining("at most 50");
  }
}
