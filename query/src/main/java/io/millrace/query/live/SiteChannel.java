package io.millrace.query.live;

import io.millrace.model.SiteId;
import io.millrace.query.answer.Reach;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.ClickFeed;
import io.millrace.views.FeedClick;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that those who watch one site share: one subscription to its clicks, one snapshot per
 * interval, one encoding of each message.
 *
 * <p>The feed's thread adds clicks, the hub's thread sends, connections' threads come and go.
 */
final class SiteChannel {
  private static final Logger LOG = LoggerFactory.getLogger(SiteChannel.class);

  /** As long as a query waits for cells by default. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SiteId site;
  private final SnapshotReader snapshots;
  private final long snapshotIntervalNanos;
  private final int feedSample;
  private final Set<LiveReader> readers = ConcurrentHashMap.newKeySet();
  private final Deque<FeedClick> newestClicks = new ArrayDeque<>();
  private final ClickFeed.Subscription subscription;

  private byte @Nullable [] snapshot;
  private long snapshotNanos;
  private boolean isLacking;
  private long lackingSince;

  SiteChannel(
      SiteId site,
      SnapshotReader snapshots,
      ClickFeed feed,
      long snapshotIntervalNanos,
      int feedSample) {
    this.site = site;
    this.snapshots = snapshots;
    this.snapshotIntervalNanos = snapshotIntervalNanos;
    this.feedSample = feedSample;
    this.subscription = feed.subscribe(site, this::addClick);
  }

  SiteId site() {
    return site;
  }

  Set<LiveReader> readers() {
    return readers;
  }

  void unsubscribe() {
    subscription.close();
  }

  private void addClick(FeedClick click) {
    synchronized (newestClicks) {
      if (newestClicks.size() == feedSample) {
        newestClicks.removeFirst();
      }
      newestClicks.addLast(click);
    }
  }

  private List<FeedClick> takeClicks() {
    synchronized (newestClicks) {
      List<FeedClick> taken = List.copyOf(newestClicks);
      newestClicks.clear();
      return taken;
    }
  }

  /**
   * The newest snapshot as a message for one who joins, read anew when it is older than the
   * interval.
   *
   * @throws CellsUnavailableException while the cells cannot be read
   */
  synchronized byte[] freshSnapshot() {
    byte[] latest = snapshot;
    boolean isFresh = System.nanoTime() - snapshotNanos < snapshotIntervalNanos;
    return latest != null && isFresh ? latest : readSnapshot();
  }

  private synchronized byte[] readSnapshot() {
    long started = System.nanoTime();
    byte[] message = LiveMessages.snapshot(snapshotAtBest());
    snapshot = message;
    snapshotNanos = started;
    return message;
  }

  /** Whole while it can be had, and for a moment longer: cells that move are soon there again. */
  private synchronized Snapshot snapshotAtBest() {
    try {
      Snapshot whole = snapshots.read(site, Reach.ALL);
      isLacking = false;
      return whole;
    } catch (CellsUnavailableException away) {
      if (!isLacking) {
        isLacking = true;
        lackingSince = System.nanoTime();
      }
      if (System.nanoTime() - lackingSince < PATIENCE.toNanos()) {
        throw away;
      }
      return snapshots.read(site, Reach.AT_BEST);
    }
  }

  void sendClicks() {
    List<FeedClick> clicks = takeClicks();
    if (!clicks.isEmpty()) {
      send(LiveMessages.clicks(clicks));
    }
  }

  void sendSnapshot() {
    send(snapshotOrHeartbeat());
  }

  private byte[] snapshotOrHeartbeat() {
    try {
      return readSnapshot();
    } catch (CellsUnavailableException unavailable) {
      LOG.atDebug().setCause(unavailable).log("No snapshot while cells cannot be read");
      return LiveMessages.heartbeat();
    }
  }

  private void send(byte[] message) {
    readers.forEach(reader -> reader.offer(message));
  }
}
