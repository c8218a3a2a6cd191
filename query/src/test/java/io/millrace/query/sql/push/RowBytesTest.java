package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowBytesTest {

  @Test
  void countsTextsByTheirLengthWhereverTheyAre() {
    long small = RowBytes.of(List.of(Arrays.asList(1, null, "", List.of(""), Map.of("k", ""))));
    String text = "x".repeat(1_000);

    long large =
        RowBytes.of(List.of(Arrays.asList(1, null, text, List.of(text), Map.of("k", text))));

    assertThat(small).isBetween(5 * 48L, 12 * 48L);
    assertThat(large - small).isEqualTo(3 * 2_000);
  }
}
