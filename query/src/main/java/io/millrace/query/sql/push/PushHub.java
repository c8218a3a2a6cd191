package io.millrace.query.sql.push;

import io.millrace.query.access.SiteScope;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlQueries;
import io.millrace.views.CellReader;
import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.sql.RowQuery;
import io.millrace.views.sql.SqlException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens push queries, and sees to it that they stay within their limits. Safe for any number of
 * threads.
 */
public final class PushHub implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** How long the state of a query over views is kept for those who come back. */
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);

  /** Queries over views whose rows are kept. */
  private static final int MOST_CHANNELS = 100;

  /** Looks at views at a time; the other turns are for those who ask and wait. */
  private static final int MOST_LOOKS = 2;

  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final PushConfig config;
  private final ClickTail tail;
  private final CellReader cells;
  private final SqlQueries queries;
  private final Supplier<Collection<String>> sites;
  private final Turns turns;
  private final PushListener listener;
  private final Semaphore catchUps;
  private final Semaphore looks = new Semaphore(MOST_LOOKS, true);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("millrace-push").daemon().factory());
  private final Set<PushReading> readings = new HashSet<>();
  private final ViewChannels channels;
  private int opening;
  private boolean isClosed;

  /** Lets so many queries be computed at a time. */
  @FunctionalInterface
  public interface Turns {
    <T> T take(Supplier<T> query);
  }

  /**
   * Makes a hub, which works from {@link #start} on.
   *
   * @param sites the sites there are, which queries see
   */
  public PushHub(
      PushConfig config,
      ClickTail tail,
      CellReader cells,
      SqlQueries queries,
      Supplier<Collection<String>> sites,
      Turns turns,
      PushListener listener) {
    this.config = config;
    this.tail = tail;
    this.cells = cells;
    this.queries = queries;
    this.sites = sites;
    this.turns = turns;
    this.listener = listener;
    catchUps = new Semaphore(config.maxCatchUps());
    channels = new ViewChannels(MOST_CHANNELS, queries.timeout(), this::channel);
  }

  public void start() {
    var _ =
        watch.scheduleWithFixedDelay(
            this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to read a push query.
   *
   * @param after the id of what the reader has from before
   * @param maxRows at most so many rows, besides what the statement says
   * @param scope the sites whose clicks and cells the reader sees
   * @throws QueryException where it cannot be read
   */
  public PushReading open(
      PushStatement statement, Optional<String> after, OptionalLong maxRows, SiteScope scope) {
    enter();
    PushReading reading;
    try {
      PushStream stream =
          statement.isOfClicks()
              ? clicks(statement, after, scope)
              : view(new FollowedQuery(statement.select(), scope), after);
      long most = Math.min(statement.limit().orElse(NO_LIMIT), maxRows.orElse(NO_LIMIT));
      reading = new PushReading(this, stream, listener, most);
    } catch (RuntimeException | Error failure) {
      giveUp();
      throw failure;
    }
    enter(reading);
    return reading;
  }

  private synchronized void enter() {
    if (isClosed) {
      throw stopping();
    }
    if (readings.size() + opening >= config.maxReaders()) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many push queries are open; try again in a moment");
    }
    opening++;
  }

  private synchronized void giveUp() {
    opening--;
  }

  private synchronized void enter(PushReading reading) {
    opening--;
    readings.add(reading);
    listener.opened();
    if (isClosed) {
      reading.end(PushEvent.End.of(PushEvent.Reason.STOPPING));
    }
  }

  private static QueryException stopping() {
    return new QueryException(QueryErrorCode.TOO_BUSY, "the server is stopping");
  }

  private ClickStream clicks(PushStatement statement, Optional<String> after, SiteScope scope) {
    Supplier<Collection<String>> seen = () -> sites.get().stream().filter(scope::admits).toList();
    Optional<ClickPosition> place = after.map(PushHub::place);
    RowQuery query = turns.take(() -> compiled(statement.select()));
    if (place.isEmpty()) {
      return ClickStream.fromNow(query, seen, tail, config);
    }
    if (!catchUps.tryAcquire()) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many read clicks of the past; try again in a moment");
    }
    try {
      return ClickStream.from(place.get(), query, seen, tail, config, catchUps::release);
    } catch (RuntimeException | Error failure) {
      catchUps.release();
      throw failure;
    }
  }

  private static ClickPosition place(String after) {
    return ClickPosition.parse(after)
        .orElseThrow(
            () ->
                QueryException.badParameter(
                    "after", "this is no id of clicks; begin anew without one"));
  }

  private static RowQuery compiled(String select) {
    try {
      return RowQuery.compile(select);
    } catch (SqlException wrong) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          new Position(wrong.position().line(), wrong.position().column()),
          String.valueOf(wrong.getMessage()));
    }
  }

  private ViewStream view(FollowedQuery query, Optional<String> after) {
    while (true) {
      Optional<ViewStream> stream = channels.of(query).join(after);
      if (stream.isPresent()) {
        return stream.get();
      }
    }
  }

  private ViewChannel channel(FollowedQuery query) {
    String epoch = UUID.randomUUID().toString().substring(0, 8);
    return ViewChannel.open(epoch, new AskedView(query), config);
  }

  /** A query as it is asked of the views. */
  private final class AskedView implements ViewQuery {
    private final String select;
    private final SqlQueries seen;

    AskedView(FollowedQuery query) {
      select = query.select();
      seen = queries.seenBy(query.scope());
    }

    @Override
    public SqlAnswer ask() {
      acquireLook();
      try {
        return turns.take(() -> seen.answer(select, config.maxViewRows()));
      } finally {
        looks.release();
      }
    }

    @Override
    public long version() {
      return cells.version();
    }

    @Override
    public Optional<Set<Integer>> keyColumns() {
      return seen.keyColumns(select);
    }
  }

  private void acquireLook() {
    try {
      if (!looks.tryAcquire(queries.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new QueryException(
            QueryErrorCode.TOO_BUSY, "too many queries are running; try again in a moment");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private void look() {
    for (PushReading reading : openReadings()) {
      reading.cutIfStuck(config.writePatience());
      reading.endIfOlderThan(config.lifetime());
    }
    channels.forgetIdle(KEPT_FOR);
  }

  private synchronized List<PushReading> openReadings() {
    return List.copyOf(readings);
  }

  synchronized void leave(PushReading reading) {
    if (readings.remove(reading)) {
      listener.closed(reading.isDropped());
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    openReadings().forEach(reading -> reading.end(PushEvent.End.of(PushEvent.Reason.STOPPING)));
    watch.shutdownNow();
  }
}
