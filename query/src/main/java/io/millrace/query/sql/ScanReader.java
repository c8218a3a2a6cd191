package io.millrace.query.sql;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.query.answer.CellRange;
import io.millrace.query.answer.HopWindows;
import io.millrace.views.CellReader;
import io.millrace.views.Hop;
import io.millrace.views.KeptSince;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;

/**
 * Reads what a query needs of a view. Public for the code that Calcite generates. Belongs to one
 * thread.
 *
 * <p>A query that names no site sees those that there are, as the interface of views does.
 */
public final class ScanReader {
  private static final Method ROWS =
      Types.lookupMethod(ScanReader.class, "rows", DataContext.class, Object.class);

  private final CellReader cells;
  private final Supplier<Collection<String>> sites;
  private final Watch watch;
  private final IdentityHashMap<Object, ScanRows> read = new IdentityHashMap<>();

  ScanReader(CellReader cells, Supplier<Collection<String>> sites, Watch watch) {
    this.cells = cells;
    this.sites = sites;
    this.watch = watch;
  }

  /** Code that asks the reader of the run for the rows of a scan. */
  static Expression rowsOf(Object scan, EnumerableRelImplementor implementor) {
    return Expressions.call(
        QueryContext.of(implementor, ScanReader.class),
        ROWS,
        implementor.getRootExpression(),
        implementor.stash(scan, Object.class));
  }

  /** The rows of a scan of the plan, which are read once for each run. */
  public ScanRows rows(DataContext run, Object scan) {
    return read.computeIfAbsent(scan, planned -> new ScanRows(() -> read(planned, run)));
  }

  private List<Object> read(Object scan, DataContext run) {
    return switch (scan) {
      case PlannedScan planned -> read(planned.bound(run));
      case ReferenceTableSource table -> table.read(watch);
      default -> throw new IllegalArgumentException("a scan of " + scan.getClass());
    };
  }

  /** The rows of a request, each an array of its columns, or the value where there is one. */
  private List<Object> read(ScanRequest request) {
    var rows = new ScannedRows(request, watch);
    sitesOf(request).forEach(site -> rows.addAll(readSite(request, site)));
    return rows.toList();
  }

  private Stream<String> sitesOf(ScanRequest request) {
    if (!request.plan().isPerSite()) {
      return Stream.of("");
    }
    return sites.get().stream()
        .filter(site -> request.sites().map(some -> some.contains(site)).orElse(true));
  }

  private ScannedRows readSite(ScanRequest request, String site) {
    while (true) {
      KeptSince kept = cells.keptSince(request.view().cells(), site);
      var rows = new ScannedRows(request, watch);
      for (CellRange range : ScanCover.of(request, kept)) {
        read(request, site, range, rows);
      }
      // Cells may have been deleted while they were read. Less is kept once an hour and no more.
      if (kept.equals(cells.keptSince(request.view().cells(), site))) {
        return rows;
      }
      rows.letGo();
    }
  }

  private void read(ScanRequest request, String site, CellRange range, ScannedRows rows) {
    Hop hop = request.plan().hop().orElse(null);
    if (hop == null) {
      scan(request, site, range, rows::add);
      return;
    }
    var windows = new HopWindows(request.plan(), hop, range, watch::cell);
    scan(
        request,
        site,
        range,
        (key, cell) -> {
          int before = windows.size();
          windows.add(key, cell);
          watch.hold(windows.size() - before);
        });
    windows.forEach(rows::add);
    watch.hold(-windows.size());
  }

  private void scan(
      ScanRequest request, String site, CellRange range, BiConsumer<CellKey, Cell> rows) {
    BiConsumer<CellKey, Cell> receiver =
        (key, cell) -> {
          watch.cell();
          if (request.admits(key.dimensions())) {
            rows.accept(key, cell);
          }
        };
    String view = request.view().cells();
    List<String> group = request.group();
    if (group.isEmpty()) {
      cells.scan(view, range.grain(), site, range.from(), range.to(), receiver);
    } else {
      cells.scanGroup(view, range.grain(), site, range.from(), range.to(), group, receiver);
    }
  }
}
