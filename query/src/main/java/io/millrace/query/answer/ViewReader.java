package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.views.CellReader;
import io.millrace.views.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

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

  public ViewAnswer answer(ViewQuestion question) {
    var reading = new Reading(question, FixedProgress.of(progress));
    if (!question.isSeries()) {
      return reading.totals();
    }
    return question.top().isPresent() ? reading.seriesOfFirst() : reading.series();
  }

  /** The work on one question. */
  private final class Reading {
    private final ViewQuestion question;
    private final FixedProgress known;
    private final ScanBudget budget = new ScanBudget(maxCells, timeout);

    Reading(ViewQuestion question, FixedProgress known) {
      this.question = question;
      this.known = known;
    }

    ViewAnswer totals() {
      GroupTotals totals = groupTotals();
      int shown = Math.min(question.top().orElse(Integer.MAX_VALUE), totals.groups());
      int wanted = Math.min(shown, question.offset() + question.limit());
      List<AnswerRow> rows = totals.first(wanted, question.rowOrder(), isSpanFinal());
      return answer(rows, totals.groups(), shown);
    }

    ViewAnswer series() {
      var rows = new TopSelection<>(rowsWanted(), question.rowOrder().comparator());
      Set<List<String>> groups = new HashSet<>();
      scan(
          seriesRange(),
          (key, cell) -> {
            if (groups.add(key.dimensions())) {
              GroupTotals.requireRoomFor(groups.size(), maxGroups);
            }
            rows.offer(row(key, cell));
          });
      return answer(rows.inOrder(), groups.size(), rows.offered());
    }

    ViewAnswer seriesOfFirst() {
      GroupTotals totals = groupTotals();
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
      scan(
          seriesRange(),
          (key, cell) -> {
            if (ranks.containsKey(key.dimensions())) {
              rows.offer(row(key, cell));
            }
          });
      return answer(rows.inOrder(), totals.groups(), rows.offered());
    }

    private GroupTotals groupTotals() {
      var totals = new GroupTotals(question.plan(), maxGroups);
      for (CellRange range : SpanCover.of(question.span(), question.plan().grains())) {
        scan(range, totals::add);
      }
      return totals;
    }

    private CellRange seriesRange() {
      return SpanCover.ofGrain(question.span(), question.grain());
    }

    private void scan(CellRange range, BiConsumer<CellKey, Cell> receiver) {
      cells.scan(
          question.plan().name(),
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
      long windowEnd = key.grain().windowEnd(key.windowStart());
      boolean isFinal = known.isFinal(question.plan(), windowEnd);
      return AnswerRow.of(question.plan(), key.dimensions(), key.windowStart(), cell, isFinal);
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
          rows,
          groups,
          rows.size() < available,
          budget.cells());
    }

    /**
     * Whether no row can change and none can be added. So it is with every total: a group that had
     * its last event long ago can have another one at any time within the span.
     */
    private boolean isSpanFinal() {
      return known.isFinal(question.plan(), lastWindowEnd());
    }

    /** The end of the last window that begins within the span. */
    private long lastWindowEnd() {
      long to = question.span().toMillis();
      if (to == TimeSpan.OPEN_TO) {
        return Long.MAX_VALUE;
      }
      return question.isSeries()
          ? SpanCover.roundUp(question.grain(), to)
          : SpanCover.roundUp(finestGrain(), to);
    }

    private Grain finestGrain() {
      return SpanCover.finest(question.plan().grains());
    }
  }
}
