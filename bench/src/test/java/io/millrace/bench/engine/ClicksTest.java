package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClicksTest {
  private static final long START = 1_700_000_000_000L;

  @Test
  void areTheSameEveryTime() {
    assertThat(all(new Clicks(500, 0.2, START))).isEqualTo(all(new Clicks(500, 0.2, START)));
  }

  @Test
  void ofASmallerSizeAreTheFirstOfALargerOne() {
    assertThat(all(new Clicks(200, 0, START)))
        .isEqualTo(all(new Clicks(400, 0, START)).subList(0, 200));
  }

  @Test
  void areEachInOneCount() {
    var clicks = new Clicks(3_000, 0, START);

    assertThat(clicks.urlCounts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(3_000);
  }

  @Test
  void withSkewGoToOnePageAboutSoOften() {
    var clicks = new Clicks(10_000, 0.5, START);

    long most = clicks.urlCounts().values().stream().mapToLong(Long::longValue).max().orElse(0);

    assertThat(most).isBetween(5_000L, 6_000L);
  }

  @Test
  void sayTheSameInBothFormats() {
    for (ClickEvent click : all(new Clicks(100, 0, START))) {
      JsonClick json = Json.read(Format.JSON.encode(click), JsonClick.class);
      Decoded<ClickEvent> avro = ClickEventCodec.decode(Format.AVRO.encode(click));

      assertThat(json.toEvent()).isEqualTo(click);
      assertThat(avro).isEqualTo(new Decoded.Value<>(click));
    }
  }

  private static List<ClickEvent> all(Clicks clicks) {
    var all = new ArrayList<ClickEvent>();
    clicks.forEach(all::add);
    return all;
  }
}
