package io.millrace.server.cells;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.streams.PartitionCells;
import io.millrace.views.KeptSince;
import java.util.function.BiConsumer;

/** What is read of each partition, here or from what another instance sends. */
sealed interface Reading {

  CellRequest.Question question();

  /** Reads a partition that is here. */
  void read(PartitionCells cells);

  void take(CellFrame.Cells cells);

  void take(CellFrame.Kept kept);

  /** How often the receiver was given anything. */
  long given();

  /** Cells that are handed on. */
  final class Scanned implements Reading {
    private final CellRequest.Question.Scan scan;
    private final BiConsumer<CellKey, Cell> receiver;
    private long given;

    Scanned(CellRequest.Question.Scan scan, BiConsumer<CellKey, Cell> receiver) {
      this.scan = scan;
      this.receiver =
          (key, cell) -> {
            given++;
            receiver.accept(key, cell);
          };
    }

    @Override
    public CellRequest.Question question() {
      return scan;
    }

    @Override
    public void read(PartitionCells cells) {
      if (scan.group().isEmpty()) {
        cells.scan(scan.view(), scan.grain(), scan.site(), scan.from(), scan.to(), receiver);
      } else {
        cells.scanGroup(
            scan.view(), scan.grain(), scan.site(), scan.from(), scan.to(), scan.group(), receiver);
      }
    }

    @Override
    public void take(CellFrame.Cells cells) {
      cells.entries().forEach(entry -> PartitionCells.hand(entry.key(), entry.cell(), receiver));
    }

    @Override
    public void take(CellFrame.Kept kept) {
      throw new IllegalStateException("nobody asked since when windows are kept");
    }

    @Override
    public long given() {
      return given;
    }
  }

  /** Since when windows are kept everywhere. */
  final class Kept implements Reading {
    private final CellRequest.Question.Kept question;
    private KeptSince since = KeptSince.EVERYTHING;

    Kept(String view, String site) {
      question = new CellRequest.Question.Kept(view, site);
    }

    /** The latest of all that were taken. */
    KeptSince since() {
      return since;
    }

    @Override
    public CellRequest.Question question() {
      return question;
    }

    @Override
    public void read(PartitionCells cells) {
      since = since.and(cells.keptSince(question.view(), question.site()));
    }

    @Override
    public void take(CellFrame.Cells cells) {
      throw new IllegalStateException("nobody asked for cells");
    }

    @Override
    public void take(CellFrame.Kept kept) {
      since = since.and(kept.since());
    }

    /** Taking the same twice changes nothing. */
    @Override
    public long given() {
      return 0;
    }
  }
}
