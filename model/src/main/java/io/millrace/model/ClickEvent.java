package io.millrace.model;

/**
 * One event as the collector accepted it: a record of the topic click-events.
 *
 * <p>An absent text is empty and an absent time is 0, which costs one byte in the log and no null
 * anywhere. Texts are bounded by the collector. Times are milliseconds since 1970 in UTC.
 *
 * @param id the client's id for this event; events of one visitor with the same id are the same
 *     event
 * @param name what happened, for a {@link EventType#TRACK}; otherwise usually empty
 * @param time when it happened: the client's time, corrected by how wrong the client's clock was
 * @param clientTime when it happened by the client's own clock
 * @param sentTime when it was sent by the client's own clock
 * @param receivedTime when the collector had it
 * @param address the client's network, truncated to 24 bits of IPv4 or 48 of IPv6
 * @param agent the User-Agent header
 * @param screen width and height in pixels, as {@code 1920x1080}
 * @param properties a JSON object, or empty
 * @param backfill whether the sender may report the past, however long ago
 * @param hints what the client's browser told beside its User-Agent
 */
public record ClickEvent(
    String id,
    SiteId site,
    VisitorId visitor,
    EventType type,
    String name,
    String url,
    String referrer,
    String title,
    String userId,
    String anonymousId,
    long time,
    long clientTime,
    long sentTime,
    long receivedTime,
    String address,
    String agent,
    String language,
    String screen,
    String properties,
    boolean backfill,
    ClientHints hints) {

  public ClickEvent {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "id: an event without an id cannot be recognised when it is sent again");
    }
  }

  /** An event of a client that gave no hints. */
  public ClickEvent(
      String id,
      SiteId site,
      VisitorId visitor,
      EventType type,
      String name,
      String url,
      String referrer,
      String title,
      String userId,
      String anonymousId,
      long time,
      long clientTime,
      long sentTime,
      long receivedTime,
      String address,
      String agent,
      String language,
      String screen,
      String properties,
      boolean backfill) {
    this(
        id,
        site,
        visitor,
        type,
        name,
        url,
        referrer,
        title,
        userId,
        anonymousId,
        time,
        clientTime,
        sentTime,
        receivedTime,
        address,
        agent,
        language,
        screen,
        properties,
        backfill,
        ClientHints.NONE);
  }
}
