package io.millrace.query.sql.push;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.CellsUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that those who follow the same query over views share: one look at it whenever cells
 * have changed, and the state that it left. A thread of its own looks while somebody follows; the
 * state stays for a while after, for those who come back.
 *
 * <p>A look takes a turn as any query does. Between two looks there are at least four times as long
 * as one takes, so a push query never takes more than a fifth of a core.
 */
final class ViewChannel {
  private static final Logger LOG = LoggerFactory.getLogger(ViewChannel.class);
  private static final Duration BETWEEN_GLANCES = Duration.ofMillis(20);

  /** A query may depend on the time. */
  private static final Duration LONGEST_WITHOUT_LOOK = Duration.ofSeconds(5);

  private static final int PAUSE_PER_LOOK = 4;

  private final String epoch;
  private final ViewQuery query;
  private final PushConfig config;
  private final Optional<Set<Integer>> statedKeys;
  private final Optional<Set<Integer>> keys;
  private final List<PushColumn> columns;
  private final RowState state;
  private final List<ViewStream> readers = new ArrayList<>();
  private @Nullable Thread thread;
  private long leftNanos = System.nanoTime();
  private boolean isEnded;

  private ViewChannel(String epoch, ViewQuery query, PushConfig config, SqlAnswer first) {
    this.epoch = epoch;
    this.query = query;
    this.config = config;
    statedKeys = query.keyColumns();
    keys = statedKeys.filter(some -> areUnique(some, first.rows()));
    columns = columns(first, keys);
    state = new RowState(keys, config.maxViewRows());
    state.update(first.rows());
  }

  /** What goes by the text of a query is looked at twice. */
  private static boolean areUnique(Set<Integer> keys, List<List<Object>> rows) {
    var met = new HashSet<List<Object>>();
    return rows.stream().allMatch(row -> met.add(RowState.keyOf(row, keys)));
  }

  private static List<PushColumn> columns(SqlAnswer answer, Optional<Set<Integer>> keys) {
    var columns = new ArrayList<PushColumn>();
    for (SqlAnswer.Column column : answer.columns()) {
      boolean isKey = keys.isPresent() && keys.get().contains(columns.size());
      columns.add(new PushColumn(column.name(), column.type(), isKey));
    }
    return columns;
  }

  /**
   * A channel that has looked once.
   *
   * @param epoch a name that no other channel has, also in other processes
   */
  static ViewChannel open(String epoch, ViewQuery query, PushConfig config) {
    return new ViewChannel(epoch, query, config, ask(query, config));
  }

  private static SqlAnswer ask(ViewQuery query, PushConfig config) {
    SqlAnswer answer = query.ask();
    if (answer.isTruncated()) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query has more than "
              + config.maxViewRows()
              + " rows, which would be kept in memory; filter, or group by fewer columns");
    }
    return answer;
  }

  List<PushColumn> columns() {
    return columns;
  }

  boolean isKeyed() {
    return keys.isPresent();
  }

  /**
   * One who follows from now on, beginning with what it has missed since an id, or with everything.
   * Empty where the channel has ended.
   */
  synchronized Optional<ViewStream> join(Optional<String> after) {
    if (isEnded) {
      return Optional.empty();
    }
    var stream = new ViewStream(this, config);
    change(after.flatMap(this::seen).flatMap(state::since)).ifPresent(stream::add);
    readers.add(stream);
    if (thread == null) {
      thread = Thread.ofVirtual().name("push-view").start(this::run);
    }
    return Optional.of(stream);
  }

  private Optional<Long> seen(String id) {
    int dash = id.lastIndexOf('-');
    if (dash < 0 || !id.substring(0, dash).equals(epoch)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(id.substring(dash + 1)));
    } catch (NumberFormatException foreign) {
      return Optional.empty();
    }
  }

  /** What is told of what was missed; everything where that is not known. */
  private Optional<ViewStream.ViewChange> change(Optional<PushEvent.Rows> missed) {
    if (missed.isEmpty()) {
      List<List<Object>> rows = state.rows();
      return Optional.of(
          new ViewStream.ViewChange(
              new PushEvent.Snapshot(rows), id(), rows.size(), RowBytes.of(rows)));
    }
    PushEvent.Rows rows = missed.get();
    int count = rows.rows().size() + rows.gone().size();
    long bytes = RowBytes.of(rows.rows()) + RowBytes.of(rows.gone());
    return count == 0
        ? Optional.empty()
        : Optional.of(new ViewStream.ViewChange(rows, id(), count, bytes));
  }

  private String id() {
    return epoch + "-" + state.version();
  }

  synchronized void leave(ViewStream stream) {
    readers.remove(stream);
    leftNanos = System.nanoTime();
  }

  /** For how long nobody has followed; empty while somebody does. */
  synchronized OptionalLong idleNanos() {
    return readers.isEmpty()
        ? OptionalLong.of(System.nanoTime() - leftNanos)
        : OptionalLong.empty();
  }

  synchronized boolean isEnded() {
    return isEnded;
  }

  private void run() {
    try {
      long version = query.version() - 1;
      long looked = System.nanoTime() - LONGEST_WITHOUT_LOOK.toNanos();
      while (isWanted()) {
        long now = query.version();
        if (now != version || System.nanoTime() - looked > LONGEST_WITHOUT_LOOK.toNanos()) {
          version = now;
          Thread.sleep(pauseAfter(look()));
          looked = System.nanoTime();
        } else {
          Thread.sleep(BETWEEN_GLANCES);
        }
      }
    } catch (InterruptedException stopping) {
      end(PushEvent.End.of(PushEvent.Reason.STOPPING));
    } catch (QueryException refused) {
      end(new PushEvent.End(PushEvent.Reason.FAILED, String.valueOf(refused.getMessage())));
    } catch (RuntimeException | Error failure) {
      // Nobody is to wait for what does not come.
      end(new PushEvent.End(PushEvent.Reason.FAILED, "this is a fault of the server"));
      LOG.atError().setCause(failure).log("A push query failed");
    }
  }

  private synchronized boolean isWanted() {
    if (readers.isEmpty() || isEnded) {
      thread = null;
      return false;
    }
    return true;
  }

  /** Looks, and tells what has changed; how long it took. */
  private Duration look() {
    long begun = System.nanoTime();
    try {
      SqlAnswer answer = ask(query, config);
      if (isOfOthers(answer)) {
        end(PushEvent.End.of(PushEvent.Reason.CHANGED));
      } else {
        tell(answer.rows());
      }
      return answer.elapsed();
    } catch (CellsUnavailableException moving) {
      LOG.atDebug().setCause(moving).log("No changes while cells cannot be read");
    } catch (QueryException busy) {
      if (busy.code().fault() != QueryErrorCode.Fault.EXTERNAL) {
        throw busy;
      }
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Whether its rows are not what readers have been told: the view is not the one it was. */
  private boolean isOfOthers(SqlAnswer answer) {
    return !columns(answer, keys).equals(columns) || !query.keyColumns().equals(statedKeys);
  }

  private synchronized void tell(List<List<Object>> rows) {
    long before = state.version();
    if (state.update(rows)) {
      Optional<ViewStream.ViewChange> change = change(state.since(before));
      readers.forEach(reader -> change.ifPresent(reader::add));
    }
  }

  private Duration pauseAfter(Duration look) {
    Duration pause = look.multipliedBy(PAUSE_PER_LOOK);
    return pause.compareTo(config.viewInterval()) > 0 ? pause : config.viewInterval();
  }

  /** Ends it for all who follow. */
  synchronized void end(PushEvent.End reason) {
    isEnded = true;
    readers.forEach(reader -> reader.end(reason));
  }
}
