package io.millrace.views;

import io.millrace.model.SiteId;
import java.util.function.Consumer;

/**
 * The stream of judged clicks as they become final, for people to watch. Safe for any number of
 * threads.
 */
public interface ClickFeed {

  /**
   * Hands the clicks of a site to a receiver from now on, until the subscription is closed. A
   * sample: where clicks come faster than a person can read, some are left out.
   *
   * @param receiver called from the feed's own thread; must return at once
   */
  Subscription subscribe(SiteId site, Consumer<FeedClick> receiver);

  /** Ends with {@link #close}. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
