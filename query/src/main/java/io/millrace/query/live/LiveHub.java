package io.millrace.query.live;

import io.millrace.model.SiteId;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.ClickFeed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what happens on sites to those who watch.
 *
 * <p>One thread makes every message once and puts it into the queues of all its readers; it never
 * waits for any of them, so the slowest reader costs the others nothing. A site that nobody watches
 * costs nothing at all.
 */
public final class LiveHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final Duration BETWEEN_CLICKS = Duration.ofMillis(250);

  private final SnapshotReader snapshots;
  private final ClickFeed feed;
  private final int maxReaders;
  private final Duration snapshotInterval;
  private final int feedSample;
  private final Thread thread;

  private final Map<SiteId, SiteChannel> channels = new HashMap<>();
  private int readers;
  private boolean isClosed;

  /**
   * Makes a hub, which works from {@link #start} on.
   *
   * @param maxReaders how many may watch at a time
   * @param snapshotInterval between two snapshots of a site
   * @param feedSample clicks of one message
   */
  public LiveHub(
      SnapshotReader snapshots,
      ClickFeed feed,
      int maxReaders,
      Duration snapshotInterval,
      int feedSample) {
    this.snapshots = snapshots;
    this.feed = feed;
    this.maxReaders = maxReaders;
    this.snapshotInterval = snapshotInterval;
    this.feedSample = feedSample;
    this.thread = Thread.ofPlatform().name("millrace-live").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /**
   * Lets the calling thread watch a site, beginning with a snapshot, until it closes the reader.
   *
   * @throws CellsUnavailableException while there is no snapshot to begin with
   */
  public LiveReader open(SiteId site) {
    LiveReader reader = join(site);
    try {
      reader.offer(LiveMessages.greeting());
      reader.offer(reader.channel().freshSnapshot());
      return reader;
    } catch (RuntimeException failure) {
      reader.close();
      throw failure;
    }
  }

  private synchronized LiveReader join(SiteId site) {
    if (isClosed) {
      throw new QueryException(QueryErrorCode.TOO_BUSY, "the server is stopping");
    }
    if (readers >= maxReaders) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many streams are open; try again in a moment");
    }
    SiteChannel channel = channels.computeIfAbsent(site, this::openChannel);
    var reader = new LiveReader(Thread.currentThread(), this, channel);
    channel.readers().add(reader);
    readers++;
    return reader;
  }

  private SiteChannel openChannel(SiteId site) {
    return new SiteChannel(site, snapshots, feed, snapshotInterval.toNanos(), feedSample);
  }

  synchronized void leave(LiveReader reader) {
    SiteChannel channel = reader.channel();
    if (channel.readers().remove(reader)) {
      readers--;
      if (channel.readers().isEmpty()) {
        channels.remove(channel.site());
        channel.unsubscribe();
      }
    }
  }

  private synchronized List<SiteChannel> openChannels() {
    return List.copyOf(channels.values());
  }

  private void run() {
    long nextSnapshot = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      boolean isSnapshotDue = System.nanoTime() - nextSnapshot >= 0;
      if (isSnapshotDue) {
        nextSnapshot = System.nanoTime() + snapshotInterval.toNanos();
      }
      openChannels().forEach(channel -> send(channel, isSnapshotDue));
      try {
        Thread.sleep(
            BETWEEN_CLICKS.compareTo(snapshotInterval) < 0 ? BETWEEN_CLICKS : snapshotInterval);
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  private static void send(SiteChannel channel, boolean isSnapshotDue) {
    try {
      channel.sendClicks();
      if (isSnapshotDue) {
        channel.sendSnapshot();
      }
    } catch (RuntimeException failure) {
      // One site's trouble must not end the streams of all others.
      LOG.atError().setCause(failure).addKeyValue("site", channel.site()).log("No live messages");
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      isClosed = true;
      channels.values().forEach(channel -> channel.readers().forEach(LiveReader::end));
    }
  }
}
