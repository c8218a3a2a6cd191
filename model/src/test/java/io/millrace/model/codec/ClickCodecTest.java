package io.millrace.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.Events;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class ClickCodecTest {
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
          "",
          "",
          "Bavaria",
          "Nuremberg",
          "145",
          "14",
          "de",
          "de-DE",
          "phone",
          "gclid",
          "");

  @Property(tries = 300)
  void eventsSurviveTheirBytes(@ForAll("events") ClickEvent event) {
    assertThat(ClickEventCodec.decode(ClickEventCodec.encode(event)))
        .isEqualTo(new Decoded.Value<>(event));
  }

  @Property(tries = 300)
  void avroReadsTheSameEvent(@ForAll("events") ClickEvent event) throws IOException {
    GenericRecord read = readWithAvro(ClickEventCodec.encode(event), ClickEventCodec.schema());

    assertThat(read.get("id")).hasToString(event.id());
    assertThat(read.get("type")).hasToString(event.type().name());
    assertThat(read.get("url")).hasToString(event.url());
    assertThat(read.get("time")).isEqualTo(event.time());
    assertThat(read.get("properties")).hasToString(event.properties());
    assertThat(read.get("backfill")).isEqualTo(event.backfill());
    var hints = (GenericRecord) read.get("client_hints");
    assertThat(hints.get("brands")).hasToString(event.hints().brands());
    assertThat(hints.get("model")).hasToString(event.hints().model());
  }

  @Property(tries = 2_000)
  void anyBytesAreAnEventOrAReason(@ForAll byte[] bytes) {
    assertThat(ClickEventCodec.decode(bytes)).isInstanceOf(Decoded.Malformed.class);
  }

  @Property(tries = 2_000)
  void damagedEventsNeverThrow(
      @ForAll("events") ClickEvent event, @ForAll int position, @ForAll byte damage) {
    byte[] bytes = ClickEventCodec.encode(event);
    bytes[Math.floorMod(position, bytes.length)] ^= damage;

    assertThat(ClickEventCodec.decode(bytes)).isNotNull();
  }

  @Test
  void aLengthBeyondTheBytesIsRefusedBeforeItIsAllocated() {
    byte[] valid = ClickEventCodec.encode(Events.event("1", "v", "http://shop.example/"));
    var out = new ByteWriter();
    out.writeRaw(valid, 0, SingleObject.HEADER_LENGTH);
    out.writeLong(Integer.MAX_VALUE - 8L);

    assertThat(ClickEventCodec.decode(out.toBytes()))
        .isEqualTo(new Decoded.Malformed<>("a length of 2147483639 where 0 bytes are left"));
  }

  @Test
  void bytesAfterTheEventAreRefused() {
    byte[] valid = ClickEventCodec.encode(Events.event("1", "v", "http://shop.example/"));

    assertThat(ClickEventCodec.decode(Arrays.copyOf(valid, valid.length + 1)))
        .isEqualTo(new Decoded.Malformed<>("1 bytes follow the event"));
  }

  @Test
  void anEnrichedClickCarriesTheClickUnchanged() throws IOException {
    ClickEvent event = Events.event("1", "v", "http://shop.example/cart");

    byte[] bytes = EnrichedClickCodec.encode(ClickEventCodec.encode(event), ENRICHMENT);

    assertThat(EnrichedClickCodec.decode(bytes).orThrow())
        .isEqualTo(new EnrichedClick(event, ENRICHMENT));
    GenericRecord read = readWithAvro(bytes, EnrichedClickCodec.schema());
    assertThat(((GenericRecord) read.get("click")).get("url")).hasToString(event.url());
    assertThat(read.get("operating_system")).hasToString("Android");
    assertThat(read.get("utm_campaign")).hasToString("may");
    assertThat(read.get("region")).hasToString("Bavaria");
    assertThat(read.get("click_identifier")).hasToString("gclid");
  }

  @Test
  void aRejectedClickCarriesThePayloadAsItCame() throws IOException {
    byte[] poison = {1, 2, 3};
    var click =
        new RejectedClick(Outcome.INVALID, "not an event", 3, 42, 1_700_000_000_000L, poison);

    byte[] bytes = RejectedClickCodec.encode(click);

    RejectedClick read = RejectedClickCodec.decode(bytes).orThrow();
    assertThat(read.payload()).isEqualTo(poison);
    assertThat(read.outcome()).isEqualTo(Outcome.INVALID);
    GenericRecord byAvro = readWithAvro(bytes, RejectedClickCodec.schema());
    assertThat(byAvro.get("outcome")).hasToString("INVALID");
    assertThat(byAvro.get("offset")).isEqualTo(42L);
  }

  @Test
  void enumsOfTheSchemasHaveTheOrderOfTheModel() {
    assertThat(ClickEventCodec.schema().getField("type").schema().getEnumSymbols())
        .isEqualTo(Arrays.stream(EventType.values()).map(Enum::name).toList());
    assertThat(RejectedClickCodec.schema().getField("outcome").schema().getEnumSymbols())
        .isEqualTo(Arrays.stream(Outcome.values()).map(Enum::name).toList());
  }

  /** Through Avro's own reader, after checking the frame by Avro's own fingerprint. */
  private static GenericRecord readWithAvro(byte[] bytes, Schema schema) throws IOException {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    for (int i = 0; i < Long.BYTES; i++) {
      assertThat(bytes[2 + i]).isEqualTo((byte) (fingerprint >>> (8 * i)));
    }
    var body = new ByteArrayInputStream(bytes, SingleObject.HEADER_LENGTH, bytes.length);
    var decoder = DecoderFactory.get().directBinaryDecoder(body, null);
    var read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    assertThat(body.available()).isZero();
    return read;
  }

  @Provide
  Arbitrary<ClickEvent> events() {
    Arbitrary<String> text =
        Arbitraries.strings().ofMaxLength(40).filter(ClickCodecTest::isUnicode);
    Arbitrary<Long> time = Arbitraries.longs();
    return Arbitraries.of(EventType.values())
        .flatMap(
            type ->
                text.list()
                    .ofSize(15)
                    .flatMap(
                        texts -> time.list().ofSize(4).map(times -> event(type, texts, times))));
  }

  private static ClickEvent event(EventType type, List<String> texts, List<Long> times) {
    return new ClickEvent(
        "id" + texts.get(0),
        new SiteId("a.example"),
        new VisitorId("v"),
        type,
        texts.get(1),
        texts.get(2),
        texts.get(3),
        texts.get(4),
        texts.get(5),
        texts.get(6),
        times.get(0),
        times.get(1),
        times.get(2),
        times.get(3),
        texts.get(7),
        texts.get(8),
        texts.get(9),
        texts.get(10),
        texts.get(11),
        times.get(0) % 2 == 0,
        new ClientHints(texts.get(12), "", texts.get(13), "", "", texts.get(14)));
  }

  /** A lone surrogate has no UTF-8; the collector refuses it. */
  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
