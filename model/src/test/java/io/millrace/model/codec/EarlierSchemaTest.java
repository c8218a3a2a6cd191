package io.millrace.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that the program wrote before its schemas grew, kept as they were. */
class EarlierSchemaTest {
  private static final ClickEvent EVENT =
      new ClickEvent(
          "1",
          new SiteId("demo"),
          new VisitorId("v"),
          EventType.TRACK,
          "signup",
          "https://shop.example/cart?utm_source=news",
          "https://www.google.com/",
          "Title — ü",
          "user-1",
          "anonymous-1",
          1_700_000_000_000L,
          1_700_000_000_001L,
          1_700_000_000_500L,
          1_700_000_000_600L,
          "83.149.9.0",
          "Mozilla/5.0",
          "en-GB",
          "1920x1080",
          "{\"plan\":\"pro\"}",
          true);
  private static final Enrichment ENRICHMENT =
      new Enrichment(
          "shop.example",
          "/cart",
          "DE",
          "Phone",
          "Firefox",
          "Android",
          "www.google.com",
          "search",
          "Google",
          "news",
          "email",
          "may",
          "shoe",
          "top");

  @Test
  void anEventIsReadWithoutHints() {
    ClickEvent read = ClickEventCodec.decode(kept("click-event-1")).orThrow();

    assertThat(read).isEqualTo(EVENT);
    assertThat(read.hints()).isSameAs(ClientHints.NONE);
  }

  @Test
  void anEnrichedClickIsReadWithTheLaterFieldsEmpty() {
    EnrichedClick read = EnrichedClickCodec.decode(kept("enriched-click-1")).orThrow();

    assertThat(read).isEqualTo(new EnrichedClick(EVENT, ENRICHMENT));
    assertThat(read.enrichment().failedSteps()).isEmpty();
  }

  @Test
  void anEventBecomesAnEnrichedClickOfTheSchemaOfToday() {
    byte[] today = EnrichedClickCodec.encode(kept("click-event-1"), ENRICHMENT);

    assertThat(today)
        .isEqualTo(EnrichedClickCodec.encode(ClickEventCodec.encode(EVENT), ENRICHMENT));
    assertThat(EnrichedClickCodec.decode(today).orThrow())
        .isEqualTo(new EnrichedClick(EVENT, ENRICHMENT));
  }

  @Test
  void bytesAfterAnEventAreRefusedToo() {
    byte[] whole = kept("click-event-1");

    assertThat(ClickEventCodec.decode(Arrays.copyOf(whole, whole.length + 6)))
        .isEqualTo(new Decoded.Malformed<>("6 bytes follow the event"));
    assertThat(ClickEventCodec.decode(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void aSchemaNobodyKnowsIsRefused() {
    byte[] bytes = kept("click-event-1");
    bytes[2] ^= 1;

    assertThat(ClickEventCodec.decode(bytes))
        .isEqualTo(new Decoded.Malformed<>("written with a schema other than ClickEvent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"click-event", "enriched-click"})
  void avroTakesTheSchemaOfTodayForAReaderOfTheEarlierOne(String name) {
    Schema today =
        name.equals("click-event") ? ClickEventCodec.schema() : EnrichedClickCodec.schema();
    var compatibility =
        SchemaCompatibility.checkReaderWriterCompatibility(today, earlier(name + "-1.avsc"));

    assertThat(compatibility.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static Schema earlier(String name) {
    var parser = new Schema.Parser();
    Schema click = parser.parse(text("/io/millrace/model/click-event-1.avsc"));
    return name.equals("click-event-1.avsc")
        ? click
        : parser.parse(text("/io/millrace/model/" + name));
  }

  private static byte[] kept(String name) {
    return HexFormat.of()
        .parseHex(text("/io/millrace/model/codec/" + name + ".hex").replace("\n", ""));
  }

  private static String text(String resource) {
    try (InputStream in = EarlierSchemaTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource + " cannot be read", unreadable);
    }
  }
}
