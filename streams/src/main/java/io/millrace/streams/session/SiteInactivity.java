package io.millrace.streams.session;

import io.millrace.model.SiteId;

/**
 * What sites say about how long their visitors may do nothing within a session. Asked for every
 * event, by any number of threads.
 */
@FunctionalInterface
public interface SiteInactivity {

  /** No site says anything. */
  SiteInactivity USUAL = (site, receivedTime, usual) -> usual;

  /**
   * In milliseconds.
   *
   * @param receivedTime when the event in question was received, in milliseconds since 1970. The
   *     answer for one time never changes, so that an event is judged alike whenever it is
   *     processed.
   * @param usual what holds where the site says nothing
   */
  long millis(SiteId site, long receivedTime, long usual);
}
