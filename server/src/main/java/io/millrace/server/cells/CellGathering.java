package io.millrace.server.cells;

import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.streams.OwnCells;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Completeness;
import io.millrace.views.Completeness.Lag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of all partitions. Each is tried at its places in turn, all partitions that are
 * elsewhere at once; what was torn off after some of its cells were handed on is tried nowhere
 * else, or they would be counted twice. Belongs to one thread.
 */
final class CellGathering {
  private static final Logger log = LoggerFactory.getLogger(CellGathering.class);

  private final OwnCells own;
  private final CellRouting routing;
  private final CopyLags lags;
  private final RemoteCells remote;
  private final Suspects suspects;
  private final CellsConfig config;
  private final boolean mayLack;

  /** The places of each partition that has not been read yet, the next one first. */
  private final Map<Integer, Queue<Place>> open = new TreeMap<>();

  private Completeness completeness = Completeness.COMPLETE;

  /**
   * A reading that has not begun.
   *
   * @param mayLack whether copies will do, and partitions may be left out
   */
  CellGathering(Sources sources, boolean mayLack) {
    own = sources.own();
    routing = sources.routing();
    lags = sources.lags();
    remote = sources.remote();
    suspects = sources.suspects();
    config = sources.config();
    this.mayLack = mayLack;
  }

  /** Where cells come from, the same for all readings. */
  record Sources(
      OwnCells own,
      CellRouting routing,
      CopyLags lags,
      RemoteCells remote,
      Suspects suspects,
      CellsConfig config) {}

  /**
   * Reads what there is.
   *
   * @throws CellsUnavailableException where a partition cannot be read and none may be lacking
   */
  Completeness read(Reading reading) {
    long now = System.nanoTime();
    for (int partition = 0; partition < own.partitions(); partition++) {
      Optional<Lag> copy = mayLack ? lags.lag(partition) : Optional.empty();
      List<Place> places = routing.places(partition, own.has(partition), copy, mayLack, now);
      open.put(partition, new ArrayDeque<>(places));
    }
    while (!open.isEmpty()) {
      readOnce(reading);
    }
    return completeness;
  }

  private void readOnce(Reading reading) {
    var here = new LinkedHashMap<Integer, Place>();
    var asked = new LinkedHashMap<Member, List<Integer>>();
    for (int partition : List.copyOf(open.keySet())) {
      Place place = open.getOrDefault(partition, new ArrayDeque<>()).poll();
      if (place == null) {
        lack(partition, new IllegalStateException("nobody has it"));
        continue;
      }
      switch (place) {
        case Place.Here _, Place.CopyHere _ -> here.put(partition, place);
        case Place.There(Member member) ->
            asked.computeIfAbsent(member, none -> new ArrayList<>()).add(partition);
        case Place.CopyThere(Member member) ->
            asked.computeIfAbsent(member, none -> new ArrayList<>()).add(partition);
      }
    }
    try (var answers = new RemoteReading()) {
      asked.forEach(
          (member, partitions) ->
              answers.ask(
                  remote, member, new CellRequest(reading.question(), partitions, mayLack)));
      here.forEach((partition, place) -> readHere(partition, place, reading));
      take(answers, asked, reading);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new CellsUnavailableException("Stopped while reading", stopping);
    }
  }

  private void readHere(int partition, Place place, Reading reading) {
    long before = reading.given();
    try {
      switch (place) {
        case Place.CopyHere(Lag lag) -> {
          reading.read(own.copy(partition));
          done(partition, Optional.of(lag));
        }
        case Place.Here _, Place.There _, Place.CopyThere _ -> {
          reading.read(own.cells(partition));
          done(partition, Optional.empty());
        }
      }
    } catch (CellsUnavailableException moved) {
      if (reading.given() > before) {
        lack(partition, moved);
      }
    }
  }

  private void take(RemoteReading answers, Map<Member, List<Integer>> asked, Reading reading)
      throws InterruptedException {
    var waiting = new HashMap<>(asked);
    var begun = new TreeSet<Integer>();
    while (!waiting.isEmpty()) {
      Optional<RemoteReading.Piece> piece = answers.next(config.silenceTimeout());
      if (piece.isEmpty()) {
        var silent = new IllegalStateException("no answer within " + config.silenceTimeout());
        waiting.forEach((member, partitions) -> failed(member, partitions, begun, silent));
        return;
      }
      switch (piece.get()) {
        case RemoteReading.Piece.Frame(Member _, CellFrame frame) -> take(frame, begun, reading);
        case RemoteReading.Piece.Done(Member member) -> {
          List<Integer> partitions = waiting.remove(member);
          if (partitions != null) {
            lackBegun(partitions, begun, new IllegalStateException("it was not read to its end"));
          }
        }
        case RemoteReading.Piece.Failed(Member member, Exception cause) -> {
          List<Integer> partitions = waiting.remove(member);
          if (partitions != null) {
            failed(member, partitions, begun, cause);
          }
        }
      }
    }
  }

  private void take(CellFrame frame, Set<Integer> begun, Reading reading) {
    switch (frame) {
      case CellFrame.Cells cells -> {
        begun.add(cells.partition());
        reading.take(cells);
      }
      case CellFrame.Kept kept -> reading.take(kept);
      case CellFrame.Read(int partition, Optional<Lag> lag) -> done(partition, lag);
      case CellFrame.NotHere(int partition) -> {
        if (begun.contains(partition)) {
          lack(partition, new IllegalStateException("it moved while it was read"));
        }
      }
      case CellFrame.End() -> {}
    }
  }

  /** What it has not answered to the end is tried elsewhere, where nothing of it was taken. */
  private void failed(
      Member member, List<Integer> partitions, Set<Integer> begun, Exception cause) {
    Announcement who = member.announcement();
    log.atInfo()
        .addKeyValue("instance", who.name())
        .addKeyValue("url", who.url())
        .addKeyValue("reason", String.valueOf(cause.getMessage()))
        .log("An instance does not answer for its cells");
    if (!(cause instanceof RemoteCells.BusyException)) {
      suspects.add(member, System.nanoTime());
    }
    lackBegun(partitions, begun, cause);
  }

  private void lackBegun(List<Integer> partitions, Set<Integer> begun, Exception cause) {
    for (int partition : partitions) {
      if (open.containsKey(partition) && begun.contains(partition)) {
        lack(partition, cause);
      }
    }
  }

  private void done(int partition, Optional<Lag> lag) {
    open.remove(partition);
    lag.ifPresent(some -> completeness = completeness.and(Completeness.ofCopy(partition, some)));
  }

  private void lack(int partition, Exception cause) {
    if (!mayLack) {
      throw new CellsUnavailableException(
          "The cells of partition " + partition + " cannot be read just now", cause);
    }
    open.remove(partition);
    completeness = completeness.and(Completeness.without(partition));
  }
}
