package io.millrace.query.sql.push;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.ClicksGoneException;
import io.millrace.views.TailBatch;
import io.millrace.views.TailClick;
import io.millrace.views.sql.RowQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A row for each click, from now on or from a place of before.
 *
 * <p>Rows are computed by the thread that reads, so that a query that takes long costs the others
 * nothing. Who begins in the past reads by himself, as fast as he takes rows, until he meets the
 * reading that all share:
 *
 * <pre>
 *   own reading      ──────────────────────► S
 *   shared reading          subscribed at S  ├──────────────►  into the backlog
 * </pre>
 *
 * What is before S comes from the own reading, what is from S on out of the backlog, and what both
 * have is passed over by its offset. Should the backlog overflow in the meantime, it is given up
 * and the own reading goes on.
 */
final class ClickStream implements PushStream {
  /** Rows of one event. */
  private static final int MOST_ROWS = 200;

  /** An own reading that gets no more at a time is near the end of the log. */
  private static final int FEW = 500;

  private final RowQuery query;
  private final Supplier<Collection<String>> sites;
  private final ClickTail tail;
  private final PushConfig config;
  private final Runnable whenCaughtUp;
  private final List<PushColumn> columns;

  private volatile Live live = new Live(0, 0);
  private ClickPosition position;
  private ClickTail.@Nullable Past past;
  private ClickTail.@Nullable Subscription subscription;
  private Iterator<TailClick> waiting = List.<TailClick>of().iterator();
  private ClickPosition waitingEnd;
  private volatile PushEvent.@Nullable End end;

  private ClickStream(
      RowQuery query,
      Supplier<Collection<String>> sites,
      ClickTail tail,
      PushConfig config,
      Runnable whenCaughtUp) {
    this.query = query;
    this.whenCaughtUp = whenCaughtUp;
    this.sites = sites;
    this.tail = tail;
    this.config = config;
    columns =
        query.columns().stream()
            .map(column -> new PushColumn(column.name(), column.type(), false))
            .toList();
    position = new ClickPosition(List.of(0L));
    waitingEnd = position;
  }

  /** Clicks from now on. */
  static ClickStream fromNow(
      RowQuery query, Supplier<Collection<String>> sites, ClickTail tail, PushConfig config) {
    var stream = new ClickStream(query, sites, tail, config, () -> {});
    stream.begin(stream.subscribe().start());
    return stream;
  }

  /**
   * Clicks after a place of before.
   *
   * @param whenCaughtUp is told once it needs no reading of its own any more
   */
  static ClickStream from(
      ClickPosition place,
      RowQuery query,
      Supplier<Collection<String>> sites,
      ClickTail tail,
      PushConfig config,
      Runnable whenCaughtUp) {
    var stream = new ClickStream(query, sites, tail, config, whenCaughtUp);
    try {
      stream.past = tail.readFrom(place);
    } catch (ClicksGoneException gone) {
      throw new QueryException(
          QueryErrorCode.NOT_KEPT, "after", "clicks since then are no longer kept; begin anew");
    } catch (IllegalArgumentException never) {
      throw QueryException.badParameter(
          "after", "this id is not of this log of clicks; begin anew without one");
    }
    stream.begin(place);
    return stream;
  }

  private void begin(ClickPosition place) {
    position = place;
    waitingEnd = place;
  }

  /** What comes from the reading that all share. */
  private static final class Live implements ClickTail.Receiver {
    private final Backlog<TailBatch> backlog;

    Live(int maxRows, long maxBytes) {
      backlog = new Backlog<>(maxRows, maxBytes);
    }

    @Override
    public void accept(TailBatch batch) {
      long bytes = 0;
      for (TailClick click : batch.clicks()) {
        bytes += click.bytes();
      }
      backlog.add(batch, batch.clicks().size(), bytes);
    }

    @Override
    public void failed() {
      backlog.end(
          new PushEvent.End(
              PushEvent.Reason.FAILED, "clicks were deleted before they were sent; begin anew"));
    }
  }

  private ClickTail.Subscription subscribe() {
    var begun = new Live(config.bufferRows(), config.bufferBytes());
    live = begun;
    // Whoever ends it sets the end before it looks for what is live, so one of both sees the other.
    PushEvent.End known = end;
    if (known != null) {
      begun.backlog.end(known);
    }
    ClickTail.Subscription subscribed = tail.subscribe(begun);
    subscription = subscribed;
    return subscribed;
  }

  @Override
  public List<PushColumn> columns() {
    return columns;
  }

  @Override
  public boolean isKeyed() {
    return false;
  }

  @Override
  public String id() {
    return position.toString();
  }

  @Override
  public PushEvent next(long mostRows) throws InterruptedException {
    long deadline = System.nanoTime() + config.heartbeat().toNanos();
    List<List<Object>> rows = rowsWaiting(mostRows);
    while (rows.isEmpty()) {
      long left = Math.max(0, deadline - System.nanoTime());
      Optional<PushEvent> event = more(Duration.ofNanos(left));
      if (event.isPresent()) {
        return event.get();
      }
      rows = rowsWaiting(mostRows);
      if (rows.isEmpty() && System.nanoTime() - deadline >= 0) {
        // Clicks may come all the time and none of them make a row.
        return new PushEvent.Nothing();
      }
    }
    return new PushEvent.Rows(rows, List.of());
  }

  private List<List<Object>> rowsWaiting(long mostRows) {
    var rows = new ArrayList<List<Object>>();
    Collection<String> known = waiting.hasNext() ? Set.copyOf(sites.get()) : Set.of();
    while (waiting.hasNext() && rows.size() < Math.min(MOST_ROWS, mostRows)) {
      TailClick click = waiting.next();
      if (click.offset() >= position.next(click.partition())) {
        position = position.after(click.partition(), click.offset());
        if (known.contains(click.click().site())) {
          query.row(click.click()).ifPresent(rows::add);
        }
      }
    }
    if (!waiting.hasNext()) {
      position = position.and(waitingEnd);
    }
    return rows;
  }

  /** Gets further clicks, or an event that has none. */
  private Optional<PushEvent> more(Duration patience) throws InterruptedException {
    ClickTail.Past reading = past;
    return reading == null ? moreOfTheBacklog(patience) : moreOfThePast(reading);
  }

  private Optional<PushEvent> moreOfTheBacklog(Duration patience) throws InterruptedException {
    return switch (live.backlog.take(patience)) {
      case Backlog.Found.Item<TailBatch>(TailBatch batch) -> {
        take(batch);
        yield Optional.empty();
      }
      case Backlog.Found.Nothing<TailBatch> _ -> Optional.of(new PushEvent.Nothing());
      case Backlog.Found.Overflown<TailBatch> _ -> Optional.of(new PushEvent.Dropped());
      case Backlog.Found.Ended<TailBatch>(PushEvent.End reason) -> Optional.of(reason);
    };
  }

  private Optional<PushEvent> moreOfThePast(ClickTail.Past reading) throws InterruptedException {
    PushEvent.End ended = end;
    if (ended != null) {
      return Optional.of(ended);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("the reader is not to go on");
    }
    ClickTail.Subscription subscribed = subscription;
    if (subscribed != null && live.backlog.isOverflown()) {
      subscribed.close();
      subscription = null;
    } else if (subscribed != null && position.reaches(subscribed.start())) {
      endPast();
      return Optional.empty();
    }
    TailBatch batch;
    try {
      batch = reading.next();
    } catch (ClicksGoneException gone) {
      return Optional.of(
          new PushEvent.End(
              PushEvent.Reason.FAILED, "clicks were deleted before they were sent; begin anew"));
    }
    if (subscription == null && batch.clicks().size() < FEW) {
      subscribe();
    }
    take(batch);
    return Optional.empty();
  }

  private void take(TailBatch batch) {
    waiting = batch.clicks().iterator();
    waitingEnd = batch.end();
  }

  private void endPast() {
    ClickTail.Past reading = past;
    if (reading != null) {
      past = null;
      try {
        reading.close();
      } finally {
        whenCaughtUp.run();
      }
    }
  }

  @Override
  public void end(PushEvent.End reason) {
    end = reason;
    live.backlog.end(reason);
  }

  @Override
  public void close() {
    ClickTail.Subscription subscribed = subscription;
    if (subscribed != null) {
      subscribed.close();
    }
    endPast();
  }
}
