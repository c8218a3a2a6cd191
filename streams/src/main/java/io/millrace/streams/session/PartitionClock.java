package io.millrace.streams.session;

/**
 * What time it is for one partition of click-events: the latest time of reception among its
 * records; and where nothing comes any more, that much later as the system's clock has gone on
 * since.
 *
 * <p>So a processor that works off what has piled up closes no session before it has read what
 * belongs to it, and a partition that nobody writes to closes its sessions all the same. Never goes
 * back. Belongs to one thread.
 */
final class PartitionClock {
  private long streamTime = -1;
  private long systemTimeThen;
  private long reached;

  /**
   * The time of the partition, in milliseconds since 1970; 0 before its first record.
   *
   * @param streamTime the latest time of reception; negative before the first record
   * @param systemTime in milliseconds since 1970
   */
  long now(long streamTime, long systemTime) {
    if (streamTime > this.streamTime) {
      this.streamTime = streamTime;
      systemTimeThen = systemTime;
    }
    if (this.streamTime >= 0) {
      reached = Math.max(reached, this.streamTime + (systemTime - systemTimeThen));
    }
    return reached;
  }
}
