package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellReader;
import io.millrace.views.Completeness;
import io.millrace.views.Gathering;
import io.millrace.views.GroupRow;
import io.millrace.views.Hop;
import io.millrace.views.KeptSince;
import io.millrace.views.Progress;
import io.millrace.views.ReadColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Answers questions from the cells of views. Safe for any number of threads; one question is
 * answered by one thread, in memory bounded by the numbers of groups and rows.
 */
public final class ViewReader {
  private final CellReader cells;
  private final Progress progress;
  private final long maxCells;
  private final int maxGroups;
  private final Duration timeout;

  /**
   * Makes a reader.
   *
   * @param maxCells how many cells one question may read
   * @param maxGroups how many groups one question may meet
   * @param timeout how long one question may take
   */
  public ViewReader(
      CellReader cells, Progress progress, long maxCells, int maxGroups, Duration timeout) {
    this.cells = cells;
    this.progress = progress;
    this.maxCells = maxCells;
    this.maxGroups = maxGroups;
    this.timeout = timeout;
  }

  /** The answer from all cells. */
  public ViewAnswer answer(ViewQuestion question) {
    return answer(question, Reach.ALL);
  }

  /** The answer from the cells that it needs. */
  public ViewAnswer answer(ViewQuestion question, Reach reach) {
    var budget = new ScanBudget(maxCells, timeout);
    var lacking = new Gathering();
    CellReader reached = reach.of(cells, lacking);
    while (true) {
      var reading =
          new Reading(
              question, FixedProgress.of(progress), reached, kept(question, reached), budget);
      ViewAnswer answer = reading.answer();
      // Cells may have been deleted while they were read. Less is kept once an hour and no more.
      if (kept(question, reached).equals(reading.kept)) {
        return answer.lacking(lacking.completeness());
      }
    }
  }

  private static KeptSince kept(ViewQuestion question, CellReader reached) {
    return reached.keptSince(question.view().cells(), question.site());
  }

  /** The work on one question. */
  private final class Reading {
    private final ViewQuestion question;
    private final FixedProgress known;
    private final CellReader reached;
    private final KeptSince kept;
    private final ScanBudget budget;
    private final Coverage coverage;
    private final List<ReadColumn> columns;

    Reading(
        ViewQuestion question,
        FixedProgress known,
        CellReader reached,
        KeptSince kept,
        ScanBudget budget) {
      this.question = question;
      this.reached = reached;
      columns = question.plan().readColumns();
      this.known = known;
      this.kept = kept;
      this.budget = budget;
      coverage = question.isSeries() ? coverageOfSeries() : coverageOfTotals();
    }

    ViewAnswer answer() {
      if (!question.isSeries()) {
        return totals();
      }
      return question.top().isPresent() ? seriesOfFirst() : series();
    }

    private ViewAnswer totals() {
      GroupTotals totals = groupTotals(coverage);
      totals.keepRows();
      int shown = Math.min(question.top().orElse(Integer.MAX_VALUE), totals.groups());
      int wanted = Math.min(shown, question.offset() + question.limit());
      List<AnswerRow> rows = totals.first(wanted, question.rowOrder(), isSpanFinal());
      return answer(rows, totals.groups(), shown);
    }

    private ViewAnswer series() {
      var rows = new TopSelection<>(rowsWanted(), question.rowOrder().comparator());
      Set<List<String>> groups = new HashSet<>();
      scanWindows(
          (key, cell) -> {
            if (groups.add(key.dimensions())) {
              GroupTotals.requireRoomFor(groups.size(), maxGroups);
            }
            rows.offer(row(key, cell));
          });
      return answer(rows.inOrder(), groups.size(), rows.offered());
    }

    private ViewAnswer seriesOfFirst() {
      GroupTotals totals = groupTotals(coverageOfTotals());
      Map<List<String>, Integer> ranks = new HashMap<>();
      for (AnswerRow first :
          totals.first(question.top().orElseThrow(), question.ranking(), isSpanFinal())) {
        ranks.put(first.dimensions(), ranks.size());
      }
      var byTimeThenRank =
          question
              .rowOrder()
              .key()
              .comparator(question.rowOrder().descending())
              .thenComparing(row -> ranks.getOrDefault(row.dimensions(), Integer.MAX_VALUE));
      var rows = new TopSelection<AnswerRow>(rowsWanted(), byTimeThenRank);
      scanWindows(
          (key, cell) -> {
            if (ranks.containsKey(key.dimensions())) {
              rows.offer(row(key, cell));
            }
          });
      return answer(rows.inOrder(), totals.groups(), rows.offered());
    }

    private GroupTotals groupTotals(Coverage covered) {
      var totals = new GroupTotals(question.plan(), question.site(), maxGroups);
      scan(covered, totals::add);
      return totals;
    }

    private Coverage coverageOfTotals() {
      return SpanCover.of(question.span(), question.plan().grains(), kept)
          .orElseThrow(() -> notKept("ask for a longer span of whole windows"));
    }

    private Coverage coverageOfSeries() {
      Coverage starts =
          SpanCover.ofGrain(question.span(), question.grain(), kept)
              .orElseThrow(() -> notKept("ask from then on, or for a coarser grain"));
      return question.hop().map(starts::hopping).orElse(starts);
    }

    private QueryException notKept(String advice) {
      String since =
          question.plan().grains().stream()
              .filter(grain -> kept.of(grain) != Long.MIN_VALUE)
              .sorted(Grain.BY_LENGTH)
              .map(grain -> grain.label() + " since " + Instant.ofEpochMilli(kept.of(grain)))
              .collect(Collectors.joining(", "));
      return new QueryException(
          QueryErrorCode.NOT_KEPT,
          "from",
          "windows that this needs are no longer kept. What is kept of the grains of the view "
              + question.plan().name()
              + ": "
              + since
              + "; "
              + advice);
    }

    /** The rows of a series: each window of each group that is one of the view. */
    private void scanWindows(BiConsumer<CellKey, Cell> receiver) {
      BiConsumer<CellKey, Cell> rows =
          (key, cell) -> {
            if (question.plan().reading().admits(group(key, cell))) {
              receiver.accept(key, cell);
            }
          };
      Hop hop = question.hop().orElse(null);
      if (hop == null) {
        scan(coverage, rows);
        return;
      }
      for (CellRange range : coverage.ranges()) {
        var windows = new HopWindows(question.plan(), hop, range, budget::spend);
        scan(
            range,
            (key, cell) -> {
              windows.add(key, cell);
              GroupTotals.requireRoomFor(windows.size(), maxGroups);
            });
        windows.forEach(rows);
      }
    }

    private GroupRow group(CellKey key, Cell cell) {
      return new GroupRow(question.plan(), question.site(), key.dimensions(), cell);
    }

    private void scan(Coverage covered, BiConsumer<CellKey, Cell> receiver) {
      covered.ranges().forEach(range -> scan(range, receiver));
    }

    private void scan(CellRange range, BiConsumer<CellKey, Cell> receiver) {
      reached.scan(
          question.view().cells(),
          range.grain(),
          question.site(),
          range.from(),
          range.to(),
          (key, cell) -> {
            budget.spend();
            if (question.admits(key.dimensions())) {
              receiver.accept(key, cell);
            }
          });
    }

    private AnswerRow row(CellKey key, Cell cell) {
      long windowEnd =
          question
              .hop()
              .map(hop -> hop.windowEnd(key.windowStart()))
              .orElseGet(() -> key.grain().windowEnd(key.windowStart()));
      boolean isFinal = known.isFinal(question.plan(), windowEnd);
      return AnswerRow.of(group(key, cell), columns, key.windowStart(), isFinal);
    }

    private int rowsWanted() {
      return question.offset() + question.limit();
    }

    /**
     * The answer of which these are the first rows.
     *
     * @param available how many rows there would be without limit and offset
     */
    private ViewAnswer answer(List<AnswerRow> firstRows, long groups, long available) {
      List<AnswerRow> rows = firstRows.stream().skip(question.offset()).toList();
      return new ViewAnswer(
          question,
          known.processedThrough(),
          known.finalUntil(question.plan()),
          isSpanFinal(),
          coverage.begin(),
          coverage.end(),
          rows,
          groups,
          rows.size() < available,
          budget.cells(),
          Completeness.COMPLETE);
    }

    /**
     * Whether no row can change and none can be added. So it is with every total: a group that had
     * its last event long ago can have another one at any time within the span.
     */
    private boolean isSpanFinal() {
      return known.isFinal(question.plan(), coverage.to());
    }
  }
}
