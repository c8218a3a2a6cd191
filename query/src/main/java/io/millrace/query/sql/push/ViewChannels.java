package io.millrace.query.sql.push;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The channels of the queries over views that somebody follows, or did a moment ago: one for each
 * text, and not more than so many, since each keeps its rows. Safe for any number of threads.
 */
final class ViewChannels {
  private static final long IN_USE = -1;

  private final int most;
  private final Duration patience;
  private final Function<FollowedQuery, ViewChannel> opener;
  private final Map<FollowedQuery, CompletableFuture<ViewChannel>> channels = new HashMap<>();

  /**
   * None yet.
   *
   * @param patience how long to wait for a channel that another one opens
   * @param opener looks at a query for the first time
   */
  ViewChannels(int most, Duration patience, Function<FollowedQuery, ViewChannel> opener) {
    this.most = most;
    this.patience = patience;
    this.opener = opener;
  }

  /**
   * The channel of a query. Whoever comes first looks; the others wait for that.
   *
   * @throws QueryException where it cannot be answered, or there is no room
   */
  ViewChannel of(FollowedQuery query) {
    var promised = new CompletableFuture<ViewChannel>();
    Optional<CompletableFuture<ViewChannel>> known = enter(query, promised);
    return known.isPresent() ? await(known.get()) : open(query, promised);
  }

  private synchronized Optional<CompletableFuture<ViewChannel>> enter(
      FollowedQuery query, CompletableFuture<ViewChannel> promised) {
    CompletableFuture<ViewChannel> known = channels.get(query);
    if (known != null && !isEnded(known)) {
      return Optional.of(known);
    }
    if (known == null && channels.size() >= most) {
      makeRoom();
    }
    channels.put(query, promised);
    return Optional.empty();
  }

  /** Forgets the one that nobody has followed for longest. */
  private void makeRoom() {
    FollowedQuery longest =
        channels.entrySet().stream()
            .filter(entry -> idleNanos(entry.getValue()) != IN_USE)
            .max(
                Comparator.comparingLong(
                    (Map.Entry<FollowedQuery, CompletableFuture<ViewChannel>> entry) ->
                        idleNanos(entry.getValue())))
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryErrorCode.TOO_BUSY,
                        "too many queries over views are followed; try again in a moment"))
            .getKey();
    channels.remove(longest);
  }

  private static long idleNanos(CompletableFuture<ViewChannel> channel) {
    if (isEnded(channel)) {
      return Long.MAX_VALUE;
    }
    return isOpen(channel) ? channel.resultNow().idleNanos().orElse(IN_USE) : IN_USE;
  }

  /** Whether the first look is over. One that failed is none of the channels. */
  private static boolean isOpen(CompletableFuture<ViewChannel> channel) {
    return channel.state() == Future.State.SUCCESS;
  }

  private static boolean isEnded(CompletableFuture<ViewChannel> channel) {
    return isOpen(channel) && channel.resultNow().isEnded();
  }

  private ViewChannel open(FollowedQuery query, CompletableFuture<ViewChannel> promised) {
    try {
      ViewChannel opened = opener.apply(query);
      promised.complete(opened);
      return opened;
    } catch (RuntimeException | Error failure) {
      forget(query, promised);
      promised.completeExceptionally(failure);
      throw failure;
    }
  }

  private synchronized void forget(FollowedQuery query, CompletableFuture<ViewChannel> promised) {
    channels.remove(query, promised);
  }

  private ViewChannel await(CompletableFuture<ViewChannel> promised) {
    try {
      return promised.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many queries are running; try again in a moment");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryErrorCode.TOO_BUSY, "the server is stopping");
    } catch (ExecutionException failed) {
      throw switch (failed.getCause()) {
        case RuntimeException failure -> failure;
        case null, default -> new IllegalStateException("a query failed", failed);
      };
    }
  }

  /** Forgets those that have ended, and those that nobody has followed for so long. */
  synchronized void forgetIdle(Duration time) {
    channels.values().removeIf(channel -> idleNanos(channel) > time.toNanos());
  }
}
