package io.millrace.testing.fuzz;

import io.millrace.model.EnrichedClick;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.views.BuiltInViews;
import io.millrace.views.JudgedClick;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import java.util.ArrayList;
import java.util.List;

/** Batches of partials, and the cells in them. */
final class CellTargets {
  /** Every kind of aggregate there is. */
  private static final ViewPlan ALL_KINDS =
      ViewCompiler.compile(
          """
          CREATE MATERIALIZED VIEW kinds AS
          SELECT site, window_start, window_end, path, COUNT(*) AS n,
            APPROX_COUNT_DISTINCT(visitor) AS visitors,
            MIN(CAST(properties['price'] AS DECIMAL(9, 2))) AS least,
            MAX(CAST(properties['price'] AS DECIMAL(9, 2))) AS greatest,
            AVG(CAST(properties['price'] AS DECIMAL(9, 2))) AS mean,
            APPROX_PERCENTILE(CAST(properties['price'] AS DECIMAL(9, 2)), 0.95) AS high,
            TOP_K(type, 5) AS types
          FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
          GROUP BY site, window_start, window_end, path""");

  private CellTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        FuzzTarget.of("partials", CellTargets::batch, batches().toArray(byte[][]::new)),
        FuzzTarget.of("cell", CellTargets::cell, cells().toArray(byte[][]::new)));
  }

  private static void batch(byte[] bytes) {
    try {
      PartialBatches.unpack(
          bytes,
          (key, cell) -> {
            CellKey parsed = CellKey.parse(key);
            Require.same(parsed, CellKey.parse(parsed.toBytes()), "the key written again");
            written(cell);
          });
    } catch (MalformedBytesException refused) {
      // As it is said to be.
    }
  }

  private static void cell(byte[] bytes) {
    try {
      written(Cell.read(new ByteReader(bytes)));
    } catch (MalformedBytesException refused) {
      // As it is said to be.
    }
  }

  /** What was read can be written, read and merged. */
  private static void written(Cell cell) {
    byte[] once = bytes(cell);
    Cell other = Cell.parse(once);
    Require.sameBytes(once, bytes(other), "the cell written again");
    other.merge(cell);
    Require.that(other.hasShapeOf(Cell.parse(bytes(other))), "the merged cell can be read");
  }

  private static byte[] bytes(Cell cell) {
    var out = new ByteWriter();
    cell.writeTo(out);
    return out.toBytes();
  }

  /** A few clicks in all of some views. */
  static PartialTable table(List<ViewPlan> plans) {
    var table = new PartialTable(plans);
    var rollup = new Rollup(table);
    for (int i = 0; i < 5; i++) {
      rollup.add(
          JudgedClick.counted(
              new EnrichedClick(RecordTargets.click(), RecordTargets.FOUND),
              0,
              i,
              1_772_366_340_000L));
    }
    return table;
  }

  private static PartialTable table() {
    var plans = new ArrayList<>(BuiltInViews.all());
    plans.add(ALL_KINDS);
    return table(plans);
  }

  private static List<byte[]> batches() {
    var batches = new ArrayList<byte[]>();
    new PartialBatches(2).pack(table(), (partition, batch) -> batches.add(batch));
    return batches;
  }

  private static List<byte[]> cells() {
    var cells = new ArrayList<byte[]>();
    table()
        .forEach(
            (plan, key, groupHash, cell) -> {
              if (cells.size() < 20 || plan.name().equals(ALL_KINDS.name())) {
                cells.add(bytes(cell));
              }
            });
    return cells;
  }
}
