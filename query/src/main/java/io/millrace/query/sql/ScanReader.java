package io.millrace.query.sql;

import io.millrace.query.answer.CellRange;
import io.millrace.views.CellReader;
import io.millrace.views.KeptSince;
import io.millrace.views.table.ReferenceTable;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads what a query needs of a view. Belongs to one thread.
 *
 * <p>A query that names no site sees those that there are, as the interface of views does.
 */
final class ScanReader {
  private final CellReader cells;
  private final Supplier<Collection<String>> sites;
  private final Watch watch;

  ScanReader(CellReader cells, Supplier<Collection<String>> sites, Watch watch) {
    this.cells = cells;
    this.sites = sites;
    this.watch = watch;
  }

  /** A reference table, whose rows are within the same limits. */
  ReferenceTableSource sourceOf(ReferenceTable table) {
    return new ReferenceTableSource(table, watch);
  }

  /** The rows of a request, each an array of its columns, or the value where there is one. */
  List<Object> read(ScanRequest request) {
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
        scan(request, site, range, rows);
      }
      // Cells may have been deleted while they were read. Less is kept once an hour and no more.
      if (kept.equals(cells.keptSince(request.view().cells(), site))) {
        return rows;
      }
      rows.letGo();
    }
  }

  private void scan(ScanRequest request, String site, CellRange range, ScannedRows rows) {
    cells.scan(
        request.view().cells(),
        range.grain(),
        site,
        range.from(),
        range.to(),
        (key, cell) -> {
          watch.cell();
          if (request.admits(key.dimensions())) {
            rows.add(key, cell);
          }
        });
  }
}
