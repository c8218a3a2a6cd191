package io.millrace.query.sql;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.query.answer.CellRange;
import io.millrace.views.CellReader;
import io.millrace.views.KeptSince;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;

/**
 * Reads what a query needs of a view. Public for the code that Calcite generates. Belongs to one
 * thread.
 *
 * <p>A query that names no site sees those that there are, as the interface of views does.
 */
public final class ScanReader {
  private final CellReader cells;
  private final Supplier<Collection<String>> sites;
  private final Watch watch;
  private final IdentityHashMap<Object, ScanRows> read = new IdentityHashMap<>();

  ScanReader(CellReader cells, Supplier<Collection<String>> sites, Watch watch) {
    this.cells = cells;
    this.sites = sites;
    this.watch = watch;
  }

  /** The rows of a scan of the plan, which are read once for each run. */
  public ScanRows rows(DataContext run, Object scan) {
    return read.computeIfAbsent(
        scan, planned -> new ScanRows(() -> read(((PlannedScan) planned).bound(run))));
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
      KeptSince kept = cells.keptSince(request.plan().name(), site);
      var rows = new ScannedRows(request, watch);
      for (CellRange range : ScanCover.of(request, kept)) {
        scan(request, site, range, rows);
      }
      // Cells may have been deleted while they were read. Less is kept once an hour and no more.
      if (kept.equals(cells.keptSince(request.plan().name(), site))) {
        return rows;
      }
      rows.letGo();
    }
  }

  private void scan(ScanRequest request, String site, CellRange range, ScannedRows rows) {
    BiConsumer<CellKey, Cell> receiver =
        (key, cell) -> {
          watch.cell();
          if (request.admits(key.dimensions())) {
            rows.add(key, cell);
          }
        };
    String view = request.plan().name();
    List<String> group = request.group();
    if (group.isEmpty()) {
      cells.scan(view, range.grain(), site, range.from(), range.to(), receiver);
    } else {
      cells.scanGroup(view, range.grain(), site, range.from(), range.to(), group, receiver);
    }
  }
}
