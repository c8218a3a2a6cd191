package io.millrace.collector.log;

import io.millrace.model.ClickEvent;
import java.time.Duration;
import java.util.List;

/**
 * The log of accepted events, as the collector sees it. Safe for any number of threads; each caller
 * waits on a thread of its own.
 */
public interface ClickLog extends AutoCloseable {
  /**
   * Writes events and waits until all of them are acknowledged, or one is known not to be, or the
   * patience is over, whichever comes first.
   */
  AppendResult append(List<ClickEvent> events, Duration patience);

  /** Ends within a bounded time, whatever the log does. */
  @Override
  void close();
}
