package io.millrace.views;

import java.util.List;

/**
 * Counted clicks that follow one another in the log.
 *
 * @param clicks in the order of each partition
 * @param end the place after all of them
 */
public record TailBatch(List<TailClick> clicks, ClickPosition end) {

  public TailBatch {
    clicks = List.copyOf(clicks);
  }
}
