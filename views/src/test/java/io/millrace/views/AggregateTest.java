package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Accumulator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AggregateTest {
  private static final Filter EVERYTHING = new Filter.Everything();
  private static final Measure TOTAL = NumericProperty.of("order.total").withDecimals(2);

  @Test
  void aNumberOfAPropertyIsAddedUpToTheDecimal() throws IOException {
    String[] properties = {total("19.99"), total("0.01"), total("5"), "{}", ""};

    assertThat(json(new Aggregate.SumOf("s", EVERYTHING, TOTAL), properties)).isEqualTo("25.00");
    assertThat(json(new Aggregate.MinOf("m", EVERYTHING, TOTAL), properties)).isEqualTo("0.01");
    assertThat(json(new Aggregate.MaxOf("m", EVERYTHING, TOTAL), properties)).isEqualTo("19.99");
    assertThat(json(new Aggregate.AvgOf("a", EVERYTHING, TOTAL), properties))
        .isEqualTo("8.333333333333333");
    assertThat(json(quantiles(0.5, 0.999), properties)).isEqualTo("{\"p50\":5.00,\"p99.9\":19.99}");
  }

  @Test
  void ofNothingOnlyTheSumIsKnown() throws IOException {
    assertThat(json(new Aggregate.SumOf("s", EVERYTHING, TOTAL))).isEqualTo("0.00");
    assertThat(json(new Aggregate.MinOf("m", EVERYTHING, TOTAL))).isEqualTo("null");
    assertThat(json(new Aggregate.MaxOf("m", EVERYTHING, TOTAL))).isEqualTo("null");
    assertThat(json(new Aggregate.AvgOf("a", EVERYTHING, TOTAL))).isEqualTo("null");
    assertThat(json(quantiles(0.5))).isEqualTo("null");
    assertThat(json(new Aggregate.TopOf("t", EVERYTHING, Field.NAME, 3))).isEqualTo("[]");
  }

  @Test
  void theMostFrequentTellTheirErrorWhereThereIsOne() throws IOException {
    var top = new Aggregate.TopOf("t", EVERYTHING, Field.NAME, 1);
    assertThat(json(top, "", "")).isEqualTo("[{\"value\":\"buy\",\"count\":2}]");

    var ranking = new AggregateValue.Ranking(List.of(), 0);
    assertThat(top.value(top.empty())).isEqualTo(ranking);
    Accumulator many = top.empty();
    for (int i = 0; i < 10_000; i++) {
      top.add(click(i % 2 == 0 ? "buy" : "name-" + i, ""), many);
    }
    assertThat(text(top.value(many)))
        .startsWith("[{\"value\":\"buy\",\"count\":5")
        .contains("error");
  }

  @Test
  void whatIsNoNumberThereCountsAsNone() {
    for (String properties :
        new String[] {
          "{\"order\":{\"total\":\"twelve\"}}",
          "{\"order\":{\"total\":\"\"}}",
          "{\"order\":{\"total\":\"" + "1".repeat(101) + "\"}}",
          total("true"),
          total("null"),
          "{\"order\":{\"total\":{}}}",
          "{\"order\":[{\"total\":1}]}",
          "{\"order\":5,\"total\":1}",
          "{\"other\":{\"order\":{\"total\":1}}}",
          "[1]",
          "{\"order\":{\"total\":",
          "not json",
          total("1e300"),
          total("1e99999999999"),
          total("-90071992547409.93"),
        }) {
      assertThat(TOTAL.amount(click("buy", properties))).as(properties).isEmpty();
    }
    assertThat(TOTAL.amount(click("buy", total("1e-99999")))).hasValue(0);
    assertThat(TOTAL.amount(click("buy", total("2.345")))).hasValue(234);
    assertThat(TOTAL.amount(click("buy", total("\" 12.5 \"")))).hasValue(1250);
    assertThat(
            TOTAL.amount(click("buy", "{\"a\":[{\"total\":3}],\"order\":{\"b\":{},\"total\":7}}")))
        .hasValue(700);
    assertThat(NumericProperty.of("bytes").amount(click("buy", "{\"bytes\":512}"))).hasValue(512);
  }

  @Property(tries = 500)
  void noTextOfOthersBreaksIt(@ForAll String text) {
    TOTAL.amount(click("buy", text));
    TOTAL.amount(click("buy", total(text)));
  }

  @Test
  void whatCannotBeKeptIsRefusedByName() {
    assertThatThrownBy(() -> new Aggregate.AvgOf("mean", EVERYTHING, Field.PATH))
        .hasMessageContaining("mean: path is not a number");
    assertThatThrownBy(() -> quantiles(0.9, 0.5)).hasMessageContaining("[0.9, 0.5]");
    assertThatThrownBy(() -> quantiles(1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> quantiles(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> quantiles()).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new Aggregate.TopOf("t", EVERYTHING, Field.NAME, 0))
        .hasMessageContaining("got 0");
    assertThatThrownBy(() -> NumericProperty.of("a..b")).hasMessageContaining("path");
    assertThatThrownBy(() -> NumericProperty.of("a").withDecimals(10)).hasMessageContaining("10");
  }

  private static Aggregate quantiles(Double... ranks) {
    return new Aggregate.QuantileOf("q", EVERYTHING, TOTAL, List.of(ranks));
  }

  private static String total(String number) {
    return "{\"order\":{\"total\":" + number + "}}";
  }

  private static String json(Aggregate aggregate, String... properties) throws IOException {
    Accumulator accumulator = aggregate.empty();
    for (String text : properties) {
      aggregate.add(click("buy", text), accumulator);
    }
    return text(aggregate.value(accumulator));
  }

  private static String text(AggregateValue value) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      AggregateJson.write(value, json);
    }
    return text.toString();
  }

  private static JudgedClick click(String name, String properties) {
    var event =
        new ClickEvent(
            "id",
            new SiteId("demo"),
            new VisitorId("v"),
            EventType.TRACK,
            name,
            "",
            "",
            "",
            "",
            "",
            0,
            0,
            0,
            0,
            "",
            "",
            "",
            "",
            properties,
            false);
    return JudgedClick.rejected(Outcome.LATE, "too old", event, 0, 0, 0);
  }
}
