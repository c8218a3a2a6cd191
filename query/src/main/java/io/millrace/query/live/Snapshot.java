package io.millrace.query.live;

import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.views.Completeness;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a site is doing at one moment.
 *
 * @param visitorsNow different visitors in the last five minutes
 * @param watermark every event received before this is in the numbers
 * @param minutes the last half hour, oldest first, without gaps
 * @param outcomes of the events of that half hour
 * @param completeness of the cells that it was read from
 */
record Snapshot(
    Instant time,
    SiteId site,
    long visitorsNow,
    Instant watermark,
    List<Minute> minutes,
    Map<Outcome, Long> outcomes,
    Completeness completeness) {

  /** One minute of the site. */
  record Minute(Instant time, long pageViews, long events, long visitors, boolean isFinal) {}
}
