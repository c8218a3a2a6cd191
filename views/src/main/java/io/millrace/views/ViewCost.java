package io.millrace.views;

import io.millrace.model.codec.ByteWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * What a view of clicks does with some events: found by doing it.
 *
 * @param events looked at
 * @param admitted of them the view's own
 * @param cells that these make, of the shortest windows
 * @param bytes of these cells, with their keys
 * @param cpu spent on the events of the second half, when the code has become warm; per event
 */
public record ViewCost(int events, int admitted, int cells, long bytes, Duration cpu) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Adds events that nobody has computed with before to a table of this view alone. */
  public static ViewCost of(ViewPlan plan, List<JudgedClick> events) {
    var table = new PartialTable(List.of(plan));
    var rollup = new Rollup(table);
    int half = events.size() / 2;
    events.subList(0, half).forEach(rollup::add);
    long started = THREADS.getCurrentThreadCpuTime();
    events.subList(half, events.size()).forEach(rollup::add);
    long spent = THREADS.getCurrentThreadCpuTime() - started;
    int admitted = 0;
    for (JudgedClick event : events) {
      admitted += plan.filter().admits(event) ? 1 : 0;
    }
    var size =
        new Object() {
          long bytes;
        };
    table.forEach(
        (view, key, groupHash, cell) -> {
          var out = new ByteWriter();
          cell.writeTo(out);
          size.bytes += key.toBytes().length + out.toBytes().length;
        });
    return new ViewCost(
        events.size(),
        admitted,
        table.size(),
        size.bytes,
        Duration.ofNanos(spent / Math.max(1, events.size() - half)));
  }
}
