package io.millrace.server.traffic;

import io.millrace.server.sender.EventJson;
import io.millrace.server.sender.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Writes what visitors do as events, well or badly.
 *
 * <p>An id is the time at which the simulation began and a number: two runs never share one, not
 * even with the same seed, or the second run would be nothing but duplicates. For one thread.
 */
final class EventWriter {
  private static final Duration LATE_BY = Duration.ofDays(4);

  private final String origin;
  private final String run;
  private long number;

  /**
   * @param origin of the site, such as {@code https://shop.example}
   */
  EventWriter(String origin, Instant begun) {
    this.origin = origin;
    this.run = Long.toString(begun.toEpochMilli(), Character.MAX_RADIX) + '-';
  }

  OutgoingEvent written(Action action, Instant now) {
    return ended(begun(action).number("timestamp", now.toEpochMilli()), action, now);
  }

  /** Happened long ago by a clock that is right. */
  OutgoingEvent writtenLate(Action action, Instant now) {
    long then = now.minus(LATE_BY).toEpochMilli();
    return ended(begun(action).number("timestamp", then), action, now);
  }

  /** Wrong in one of the ways that real clients are. */
  OutgoingEvent writtenBadly(Action action, Instant now, RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> badUrl(action, now);
      case 1 -> ended(begun(action).text("timestamp", "yesterday at noon"), action, now);
      default -> withoutName(action, now);
    };
  }

  private OutgoingEvent badUrl(Action action, Instant now) {
    var json = EventJson.event(nextId(), "page").text("url", "not a url");
    return ended(json.number("timestamp", now.toEpochMilli()), action, now);
  }

  private OutgoingEvent withoutName(Action action, Instant now) {
    var json = EventJson.event(nextId(), "track").text("url", url(action));
    return ended(json.number("timestamp", now.toEpochMilli()), action, now);
  }

  private EventJson begun(Action action) {
    return EventJson.event(nextId(), action.name().isEmpty() ? "page" : "track")
        .text("name", action.name())
        .text("url", url(action));
  }

  private String url(Action action) {
    String path = origin + action.page().path();
    return action.query().isEmpty() ? path : path + '?' + action.query();
  }

  private static OutgoingEvent ended(EventJson json, Action action, Instant now) {
    Visitor visitor = action.visitor();
    json.text("referrer", action.referrer())
        .text("title", action.page().title())
        .text("anonymous_id", visitor.anonymousId())
        .number("sent_at", now.toEpochMilli())
        .text("language", visitor.language())
        .text("screen", visitor.screen())
        .text("ip", visitor.address())
        .text("user_agent", visitor.agent());
    if (action.name().equals("add_to_cart")) {
      json.properties().text("product", action.page().path());
      json.number("price", action.page().price()).endProperties();
    }
    return json.end();
  }

  private String nextId() {
    number++;
    return run + Long.toString(number, Character.MAX_RADIX);
  }
}
