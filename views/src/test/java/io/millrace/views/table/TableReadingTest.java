package io.millrace.views.table;

import static io.millrace.views.table.Tables.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReadingTest {
  private static final String PRODUCTS =
      """
      CREATE TABLE products (path VARCHAR PRIMARY KEY, name VARCHAR, price DECIMAL(5, 2),
        stock BIGINT, weight DOUBLE, sold BOOLEAN, since TIMESTAMP)
      WITH (topic = 'products', format = 'json')
      """;

  private final ReferenceTable table = Tables.table(1, PRODUCTS);

  private static Object @Nullable [] row(ReferenceTable table, Object key) {
    return table.row(key);
  }

  @Test
  void rowsAreThereWhenTheEndOfTheTopicIsReached() throws InterruptedException {
    // Given
    TableReading reading = table.read(Map.of(0, 2L, 1, 1L));

    // When
    Tables.put(reading, "/a", "{\"name\":\"one\"}");
    reading.reached(Map.of(0, 1L, 1, 1L));

    // Then
    assertThat(table.isSettled()).isFalse();
    assertThat(table.awaitSettled(Duration.ofMillis(1))).isFalse();
    assertThat(row(table, "/a")).isNull();

    // When
    Tables.put(reading, "/b", "{}");
    reading.reached(Map.of(0, 2L, 1, 1L));

    // Then
    assertThat(table.awaitSettled(Duration.ofMillis(1))).isTrue();
    assertThat(table.status().state()).isEqualTo(TableState.READY);
    assertThat(row(table, "/a")).containsExactly("/a", "one", null, null, null, null, null);

    // When
    Tables.put(reading, "/a", "{\"name\":\"two\"}");
    Tables.delete(reading, "/b");
    Tables.delete(reading, "/never-there");

    // Then
    assertThat(row(table, "/a")).contains("two");
    assertThat(row(table, "/b")).isNull();
    assertThat(table.status().rows()).isEqualTo(1);
  }

  @Test
  void rowsStayWhileTheTopicIsReadAgainAndGoWhenTheyAreNotThereAnyMore() {
    // Given
    TableReading first = table.read(Map.of());
    Tables.put(first, "/a", "{}");
    Tables.put(first, "/b", "{}");

    // When
    TableReading second = table.read(Map.of(0, 1L));
    Tables.put(second, "/a", "{\"name\":\"new\"}");

    // Then
    assertThat(table.status().rows()).isEqualTo(2);
    assertThat(row(table, "/a")).doesNotContain("new");

    // When
    second.reached(Map.of(0, 1L));

    // Then
    assertThat(table.status().rows()).isEqualTo(1);
    assertThat(row(table, "/a")).contains("new");
  }

  @Test
  void aTopicThatIsMissingLeavesNobodyWaitingAndTakesNothingAway() {
    // When
    table.missing();

    // Then
    assertThat(table.isSettled()).isTrue();
    assertThat(row(table, "/a")).isNull();

    // When
    Tables.put(table.read(Map.of()), "/a", "{}");
    table.missing();

    // Then
    assertThat(table.status().state()).isEqualTo(TableState.MISSING);
    assertThat(row(table, "/a")).isNotNull();
  }

  @Test
  void aTopicThatCannotBeReadLeavesNobodyWaitingUntilItCan() {
    // When
    TableReading reading = table.read(Map.of(0, 1L));
    table.unreadable();

    // Then
    assertThat(table.isSettled()).isTrue();
    assertThat(table.status().state()).isEqualTo(TableState.UNREADABLE);

    // When
    Tables.put(reading, "/a", "{}");
    assertThat(row(table, "/a")).isNull();
    reading.reached(Map.of(0, 1L));

    // Then
    assertThat(table.status().state()).isEqualTo(TableState.READY);
    assertThat(row(table, "/a")).isNotNull();

    // When
    table.unreadable();

    // Then
    assertThat(row(table, "/a")).isNotNull();
  }

  @Test
  void aBrokenRecordIsRefusedWithoutItsValuesAndTheRowOfBeforeStays() {
    // Given
    TableReading reading = table.read(Map.of());
    Tables.put(reading, "/a", "{\"stock\":7}");

    // When
    Optional<String> refusal = reading.take(3, 40, bytes("/a"), bytes("{\"stock\":\"secret\"}"));

    // Then
    assertThat(refusal).contains("partition 3, offset 40: stock: not a BIGINT");
    assertThat(row(table, "/a")).contains(7L);
    assertThat(table.status().refused()).isEqualTo(1);
    assertThat(table.status().latestRefusal()).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"ü","price":"19.99"}           | /a, ü, 19.99, null, null, null, null
          {"price":1e1,"weight":3,"stock":-1}    | /a, null, 10.00, -1, 3.0, null, null
          {"price":0e-999999999}                 | /a, null, 0.00, null, null, null, null
          {"name":12,"sold":true}                | /a, 12, null, null, null, true, null
          {"name":null,"other":{"a":[1,2]}}      | /a, null, null, null, null, null, null
          {"path":"/other","name":"a","name":"b"}| /a, b, null, null, null, null, null
          {"since":1000}                         | /a, null, null, null, null, null, 1000
          {"since":"1970-01-01T01:00:01+01:00"}  | /a, null, null, null, null, null, 1000
          """)
  void aJsonObjectIsARow(String value, String expected) {
    TableReading reading = table.read(Map.of());

    Tables.put(reading, "/a", value);

    assertThat(List.of(expected.split(", "))).isEqualTo(texts(row(table, "/a")));
  }

  private static List<String> texts(@Nullable Object @Nullable [] row) {
    var texts = new ArrayList<String>();
    for (Object value : row) {
      texts.add(String.valueOf(value));
    }
    return texts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"price":1000}              | price: not a DECIMAL(5, 2)
          {"price":0.001}             | price: more decimals than a DECIMAL(5, 2) has
          {"price":1e999999999}       | price: not a DECIMAL(5, 2)
          {"price":"1e99999999999"}   | price: not a DECIMAL(5, 2)
          {"price":true}              | price: not a DECIMAL(5, 2)
          {"stock":1.5}               | stock: not a BIGINT
          {"stock":9223372036854775808} | stock: not a BIGINT
          {"weight":1e999}            | weight: not a DOUBLE
          {"sold":"true"}             | sold: not a BOOLEAN
          {"since":"yesterday"}       | since: not a TIMESTAMP
          {"name":{"first":"a"}}      | name: not a single value
          {"name":["a"]}              | name: not a single value
          ["a"]                       | not a JSON object
          {"name":"a"} {}             | something follows
          {"name":"a"                 | not JSON
          {"name":nope}               | not JSON
          """)
  void anythingElseIsRefused(String value, String reason) {
    TableReading reading = table.read(Map.of());

    assertThat(reading.take(0, 0, bytes("/a"), bytes(value)).orElseThrow()).contains(reason);
    assertThat(table.status().rows()).isZero();
  }

  @Test
  void keysAreTextsNumbersOrObjects() {
    ReferenceTable numbers =
        Tables.table(
            2, "CREATE TABLE n (id BIGINT PRIMARY KEY, a VARCHAR) WITH (topic='t', format='json')");
    ReferenceTable objects =
        Tables.table(
            3,
            "CREATE TABLE o (id BIGINT, site VARCHAR, PRIMARY KEY (id, site))"
                + " WITH (topic='t', format='json')");
    TableReading ofNumbers = numbers.read(Map.of());
    TableReading ofObjects = objects.read(Map.of());

    Tables.put(ofNumbers, "-42", "{\"a\":\"b\"}");
    Tables.put(ofObjects, "{\"site\":\"s\",\"id\":1,\"more\":0}", "{}");

    assertThat(row(numbers, -42L)).containsExactly(-42L, "b");
    assertThat(row(objects, List.of(1L, "s"))).containsExactly(1L, "s");
    assertThat(ofNumbers.take(0, 0, bytes("4.2"), bytes("{}")).orElseThrow()).contains("BIGINT");
    assertThat(ofNumbers.take(0, 0, null, bytes("{}")).orElseThrow()).contains("no key");
    assertThat(ofObjects.take(0, 0, bytes("{\"id\":1}"), bytes("{}")).orElseThrow())
        .contains("site: missing in the record's key");
    assertThat(table.read(Map.of()).take(0, 0, new byte[] {(byte) 0xFF}, bytes("{}")).orElseThrow())
        .contains("path: not UTF-8");
  }

  @Test
  void rowsBeyondTheLimitsAreLeftOutAndTheTableSaysSo() {
    ReferenceTable few = Tables.table(4, PRODUCTS, new TableLimits(2, 1_000_000));
    ReferenceTable small = Tables.table(5, PRODUCTS, new TableLimits(1_000, 2_000));
    TableReading ofFew = few.read(Map.of());
    TableReading ofSmall = small.read(Map.of());

    for (String key : List.of("/a", "/b", "/c")) {
      Tables.put(ofFew, key, "{}");
    }
    Tables.put(ofFew, "/a", "{\"name\":\"still changed\"}");
    Tables.put(ofSmall, "/a", "{}");
    Tables.put(ofSmall, "/b", "{}");
    Tables.put(ofSmall, "/a", "{\"name\":\"" + "x".repeat(1_000) + "\"}");

    assertThat(few.status().state()).isEqualTo(TableState.TOO_BIG);
    assertThat(few.isSettled()).isTrue();
    assertThat(few.status().rows()).isEqualTo(2);
    assertThat(row(few, "/a")).contains("still changed");
    assertThat(row(few, "/c")).isNull();
    assertThat(small.status().state()).isEqualTo(TableState.TOO_BIG);
    assertThat(row(small, "/a")).as("neither the new row nor the one that is past").isNull();
    assertThat(row(small, "/b")).isNotNull();

    // When
    Tables.delete(ofSmall, "/b");

    // Then
    assertThat(small.status().bytes()).isZero();
  }

  @Test
  void aValueThatIsNoRowOfReferenceDataIsTooLarge() {
    TableReading reading = table.read(Map.of());

    String value = "{\"name\":\"" + "x".repeat(70_000) + "\"}";

    assertThat(reading.take(0, 0, bytes("/a"), bytes(value)).orElseThrow())
        .contains("a value of 70011 bytes");
  }

  @Test
  void anAvroRecordIsARow() throws Exception {
    String schemaText =
        """
        {"type": "record", "name": "Product", "fields": [
          {"name": "passed_over", "type": "bytes"},
          {"name": "name", "type": ["null", "string"]},
          {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
          {"name": "stock", "type": "int"},
          {"name": "weight", "type": "float"},
          {"name": "exact", "type": "double"},
          {"name": "sold", "type": "boolean"},
          {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["OLD", "NEW"]}},
          {"name": "since", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}
        """;
    ReferenceTable products =
        Tables.table(
            6,
            """
            CREATE TABLE products (path VARCHAR PRIMARY KEY, name VARCHAR, price DECIMAL(9, 2),
              stock BIGINT, weight DOUBLE, exact DOUBLE, sold BOOLEAN, kind VARCHAR, since TIMESTAMP)
            WITH (topic = 'products', format = 'avro', schema = '%s')
            """
                .formatted(schemaText));
    Schema schema = new Schema.Parser().parse(schemaText);
    var product = new GenericData.Record(schema);
    product.put("passed_over", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    product.put("name", "Schuh ü");
    product.put("price", ByteBuffer.wrap(new BigDecimal("-19.99").unscaledValue().toByteArray()));
    product.put("stock", -3);
    product.put("weight", 0.5f);
    product.put("exact", 1.0 / 3);
    product.put("sold", true);
    product.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "NEW"));
    product.put("since", Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000);
    byte[] value = singleObject(schema, product);
    TableReading reading = products.read(Map.of());

    assertThat(reading.take(0, 0, bytes("/a"), value)).isEmpty();
    assertThat(row(products, "/a"))
        .containsExactly(
            "/a",
            "Schuh ü",
            new BigDecimal("-19.99"),
            -3L,
            0.5,
            1.0 / 3,
            true,
            "NEW",
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());

    // When
    byte[] other = value.clone();
    other[5]++;

    // Then
    assertThat(reading.take(0, 1, bytes("/a"), other).orElseThrow())
        .contains("written with another schema");
    assertThat(reading.take(0, 1, bytes("/a"), bytes("{}")).orElseThrow())
        .contains("not an Avro single object");
    for (int length = 0; length < value.length; length++) {
      assertThat(reading.take(0, 1, bytes("/a"), Arrays.copyOf(value, length)))
          .as("cut after %d bytes", length)
          .isPresent();
    }
    assertThat(products.status().rows()).isEqualTo(1);
  }

  private static byte[] singleObject(Schema schema, GenericRecord record) throws Exception {
    var out = new ByteArrayOutputStream();
    out.write(0xC3);
    out.write(0x01);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Property
  void anyBytesAreARowOrRefused(@ForAll byte[] key, @ForAll byte[] value) {
    ReferenceTable any = Tables.table(7, PRODUCTS);
    TableReading reading = any.read(Map.of());

    Optional<String> refusal = reading.take(0, 0, key, value);

    assertThat(any.status().rows()).isEqualTo(refusal.isPresent() ? 0 : 1);
  }
}
