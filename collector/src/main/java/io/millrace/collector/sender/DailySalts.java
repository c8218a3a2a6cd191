package io.millrace.collector.sender;

import java.time.LocalDate;

/**
 * The secret of each day (UTC) that cookieless visitors are hashed with.
 *
 * <p>Once a day's salt is gone, nobody can find out any more whether an address and agent visited
 * that day, not even the operator. So only today's and yesterday's are kept. Safe for any number of
 * threads.
 */
@FunctionalInterface
public interface DailySalts {
  /**
   * 32 random bytes, the same ones for the same day; the caller must not change them.
   *
   * @throws SaltUnavailableException when it is not known which; asking again later can help
   */
  byte[] saltOf(LocalDate day);
}
