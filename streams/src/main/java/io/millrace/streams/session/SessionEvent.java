package io.millrace.streams.session;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SessionSource;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * What sessions need to know of a counted event.
 *
 * @param id the client's id of the event
 * @param receivedTime when the collector had it, in milliseconds since 1970
 * @param page the path of the page, cut to {@link #LONGEST_TEXT}; empty for an event that is no
 *     page view
 * @param source where the visitor came from by this event; texts cut to {@link #LONGEST_TEXT}
 */
record SessionEvent(
    String id,
    long receivedTime,
    Moment at,
    boolean isPageView,
    String page,
    SessionSource source) {
  /** In UTF-16 units. A visitor's sessions are kept together, so none of them may be large. */
  static final int LONGEST_TEXT = 512;

  private static final long SEED = 0x73657373696f6e73L;

  static SessionEvent of(ClickEvent event, Enrichment enrichment) {
    boolean isPageView = event.type() == EventType.PAGE;
    return new SessionEvent(
        event.id(),
        event.receivedTime(),
        new Moment(event.time(), hash(event.id())),
        isPageView,
        isPageView ? cut(enrichment.path()) : "",
        new SessionSource(
            cut(enrichment.referrerMedium()),
            cut(enrichment.referrerSource()),
            cut(enrichment.utmSource()),
            cut(enrichment.utmMedium()),
            cut(enrichment.utmCampaign())));
  }

  static long hash(String id) {
    return MurmurHash3.hash(id.getBytes(StandardCharsets.UTF_8), SEED)[0];
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    // Half of a character of two units would be no Unicode.
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    return text.substring(0, end);
  }
}
