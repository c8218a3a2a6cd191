package io.millrace.testing.fuzz;

import io.millrace.model.codec.ByteWriter;
import io.millrace.model.control.TableGeneration;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableLimits;
import io.millrace.views.table.TablePlan;
import io.millrace.views.table.TableReading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.SchemaNormalization;

/** Rows of reference tables, whose topics are others'. */
final class TableTargets {
  private static final String FIELDS =
      """
      {"type":"record","name":"Row","fields":[{"name":"name","type":["null","string"]},
       {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
       {"name":"since","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"weight","type":"float"},{"name":"shade","type":{"type":"enum","name":"S",
       "symbols":["A","B"]}},{"name":"here","type":"boolean"},{"name":"id","type":"int"},
       {"name":"seal","type":{"type":"fixed","name":"F","size":3}}]}""";

  private TableTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        FuzzTarget.of(
                "table-json",
                rows(
                    """
                    CREATE TABLE plans (id VARCHAR, n BIGINT, name VARCHAR, price DECIMAL(9, 2),
                      weight DOUBLE, here BOOLEAN, since TIMESTAMP, PRIMARY KEY (id, n))
                    WITH (topic = 'plans', format = 'json')"""),
                keyed(
                    "{\"id\":\"a\",\"n\":7}",
                    FuzzTarget.utf8(
                        "{\"name\":\"N\",\"price\":\"19.99\",\"weight\":1e3,\"here\":true,"
                            + "\"since\":\"2026-03-01T12:00:00Z\",\"more\":[1,{\"a\":null}]}")))
            .withWords(
                "1e999999999", "-1e-999999999", "\"price\":", "\"since\":", "9223372036854775808"),
        FuzzTarget.of(
            "table-avro",
            rows(
                """
                CREATE TABLE things (path VARCHAR PRIMARY KEY, name VARCHAR, price DECIMAL(9, 2),
                  since TIMESTAMP, weight DOUBLE, shade VARCHAR, here BOOLEAN, id BIGINT)
                WITH (topic = 'things', format = 'avro', schema = '%s')"""
                    .formatted(FIELDS)),
            keyed("/cart", avroRow())));
  }

  /** The first byte says how many of those after it are the key. */
  private static FuzzTarget.Property rows(String statement) {
    TablePlan plan = TableCompiler.define(statement);
    var table = new ReferenceTable(new TableGeneration(plan.name(), 1), plan, TableLimits.DEFAULT);
    TableReading reading = table.read(Map.of(0, 0L));
    return bytes -> {
      int keyLength = bytes.length == 0 ? 0 : Math.min(bytes[0] & 0xFF, bytes.length - 1);
      int begin = Math.min(1, bytes.length);
      byte[] key = Arrays.copyOfRange(bytes, begin, begin + keyLength);
      byte[] value = Arrays.copyOfRange(bytes, begin + keyLength, bytes.length);
      Optional<String> refusal = reading.take(0, 0, key, value);
      // What was not foreseen is named by its class.
      Require.that(
          refusal.filter(reason -> reason.matches(".*: \\w+(Exception|Error)")).isEmpty(),
          refusal.orElse(""));
      // The table is to stay small, however long this runs.
      reading.take(0, 0, key, null);
    };
  }

  private static byte[] keyed(String key, byte[] value) {
    var out = new ByteWriter();
    out.writeByte(key.length());
    out.writeRaw(FuzzTarget.utf8(key));
    out.writeRaw(value);
    return out.toBytes();
  }

  private static byte[] avroRow() {
    var out = new ByteWriter();
    out.writeByte(0xC3);
    out.writeByte(0x01);
    out.writeFixedLong(
        Long.reverseBytes(
            SchemaNormalization.parsingFingerprint64(
                new org.apache.avro.Schema.Parser().parse(FIELDS))));
    out.writeLong(1);
    out.writeString("N");
    out.writeBytes(new byte[] {7, (byte) 0xCF});
    out.writeLong(1_772_366_340_000_000L);
    out.writeRaw(new byte[4]);
    out.writeLong(1);
    out.writeBoolean(true);
    out.writeLong(7);
    out.writeRaw(new byte[3]);
    return out.toBytes();
  }
}
