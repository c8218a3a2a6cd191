package io.millrace.views;

import java.util.function.Consumer;

/**
 * The log of counted clicks for those who must not miss any: only what is committed, in the order
 * of each partition, each click once. Safe for any number of threads.
 */
public interface ClickTail {

  /**
   * Hands over every click from now on, until the subscription is closed. All who subscribe share
   * one reading.
   *
   * @param receiver called from the reading thread; must return at once. It gets no more after
   *     {@link Receiver#failed}
   * @throws CellsUnavailableException while the log cannot be read
   */
  Subscription subscribe(Receiver receiver);

  /**
   * Reads on from a place of before, in a reading of its own, which belongs to one thread.
   *
   * @throws ClicksGoneException where clicks since then are no longer kept
   * @throws IllegalArgumentException for a place that this log has not reached
   * @throws CellsUnavailableException while the log cannot be read
   */
  Past readFrom(ClickPosition place);

  /** Takes clicks as they come. */
  interface Receiver extends Consumer<TailBatch> {

    /** The reading cannot go on without leaving clicks out. */
    void failed();
  }

  /** Ends with {@link #close}. */
  interface Subscription extends AutoCloseable {

    /** From where on clicks are handed over. */
    ClickPosition start();

    @Override
    void close();
  }

  /** A reading of the past. */
  interface Past extends AutoCloseable {

    /**
     * What comes next; after a moment an empty batch where there is nothing yet.
     *
     * @throws ClicksGoneException where clicks were deleted before they were read
     * @throws CellsUnavailableException while the log cannot be read
     */
    TailBatch next();

    @Override
    void close();
  }
}
