package io.millrace.server.cells;

import io.millrace.streams.OwnCells;
import io.millrace.streams.PartitionCells;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Completeness.Lag;
import java.util.Optional;
import java.util.function.IntFunction;

/** Answers one request from the cells that are here, piece by piece. Belongs to one thread. */
final class CellAnswer {
  private final OwnCells own;
  private final IntFunction<Optional<Lag>> lags;
  private final long deadline;

  /**
   * An answer that ends in time.
   *
   * @param lags of the copies that are here
   * @param deadline by the clock of {@link System#nanoTime}
   */
  CellAnswer(OwnCells own, IntFunction<Optional<Lag>> lags, long deadline) {
    this.own = own;
    this.lags = lags;
    this.deadline = deadline;
  }

  /**
   * Writes the answer, up to its end.
   *
   * @throws CellsUnavailableException when the time is over; the answer is torn off
   */
  void write(CellRequest request, FrameWriter out) {
    for (int partition : request.partitions()) {
      write(request, partition, out);
    }
    out.write(new CellFrame.End());
  }

  private void write(CellRequest request, int partition, FrameWriter out) {
    try {
      Optional<Source> source = source(partition, request.mayBeCopies());
      if (source.isPresent()) {
        write(request.question(), source.get(), partition, out);
      } else {
        out.write(new CellFrame.NotHere(partition));
      }
    } catch (CellsUnavailableException moved) {
      requireTime();
      out.dropGathered();
      // Whoever asked knows whether it was sent some of them before.
      out.write(new CellFrame.NotHere(partition));
    }
  }

  /** Where a partition is read. */
  private record Source(PartitionCells cells, Optional<Lag> lag) {}

  private Optional<Source> source(int partition, boolean mayBeCopy) {
    if (own.has(partition)) {
      return Optional.of(new Source(own.cells(partition), Optional.empty()));
    }
    return mayBeCopy
        ? lags.apply(partition).map(lag -> new Source(own.copy(partition), Optional.of(lag)))
        : Optional.empty();
  }

  private void write(CellRequest.Question question, Source source, int partition, FrameWriter out) {
    PartitionCells cells = source.cells();
    switch (question) {
      case CellRequest.Question.Kept(String view, String site) ->
          out.write(new CellFrame.Kept(partition, cells.keptSince(view, site)));
      case CellRequest.Question.Scan scan -> {
        if (scan.group().isEmpty()) {
          cells.scanStored(
              scan.view(),
              scan.grain(),
              scan.site(),
              scan.from(),
              scan.to(),
              (key, cell) -> add(partition, key, cell, out));
        } else {
          cells.scanGroupStored(
              scan.view(),
              scan.grain(),
              scan.site(),
              scan.from(),
              scan.to(),
              scan.group(),
              (key, cell) -> add(partition, key, cell, out));
        }
        out.sendGathered(partition);
      }
    }
    out.write(new CellFrame.Read(partition, source.lag()));
  }

  private void add(int partition, byte[] key, byte[] cell, FrameWriter out) {
    if (out.add(partition, key, cell)) {
      requireTime();
    }
  }

  private void requireTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new CellsUnavailableException(
          "The answer takes too long", new IllegalStateException("answer-timeout"));
    }
  }
}
