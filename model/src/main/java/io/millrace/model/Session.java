package io.millrace.model;

/**
 * Counted events of one visitor between which the visitor was never inactive for long, summed up. A
 * record of the topic sessions holds one as it was when it was closed; the record with the greatest
 * revision of an id is the one that holds.
 *
 * @param revision how often it has been written to the topic, this time included; 0 before the
 *     first
 * @param mergedInto the id of the session that has all its events now, since a late event joined
 *     the two; empty while it stands for itself
 * @param start when its first event happened, in milliseconds since 1970
 * @param end when its last event happened, in milliseconds since 1970
 * @param events of any type, at least 1
 * @param pageViews events of the type page
 * @param entryPage path of its first page view; empty without one
 * @param exitPage path of its last page view; empty without one
 * @param source of its first event
 */
public record Session(
    SessionId id,
    SiteId site,
    VisitorId visitor,
    int revision,
    String mergedInto,
    long start,
    long end,
    long events,
    long pageViews,
    String entryPage,
    String exitPage,
    SessionSource source) {

  public Session {
    if (end < start) {
      throw new IllegalArgumentException("end: expected at least " + start + ", got " + end);
    }
    if (events < 1 || pageViews < 0 || pageViews > events) {
      throw new IllegalArgumentException(
          "pageViews: expected 0 to the number of events, got " + pageViews + " of " + events);
    }
  }

  /** From the first event to the last, in milliseconds; 0 for a single one. */
  public long durationMillis() {
    return end - start;
  }

  /** Whether the visitor saw no second page. */
  public boolean isBounce() {
    return pageViews < 2;
  }

  /** As it is written to the topic the next time. */
  public Session nextRevision() {
    return revised(mergedInto);
  }

  /** As its last record says that its events are now another session's. */
  public Session mergedInto(SessionId other) {
    return revised(other.value());
  }

  private Session revised(String survivor) {
    return new Session(
        id,
        site,
        visitor,
        revision + 1,
        survivor,
        start,
        end,
        events,
        pageViews,
        entryPage,
        exitPage,
        source);
  }
}
