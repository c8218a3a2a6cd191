package io.millrace.collector.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every field that an event may have. There are no others: a field of another name is refused,
 * because a misspelt name would otherwise lose its value in silence.
 */
public enum EventField {
  /** Recognises an event that is sent again; a random one is assigned where it is missing. */
  ID(100),
  WRITE_KEY(200),
  /** {@code page} (which is the default), {@code track} or {@code identify}. */
  TYPE(20),
  /** Required for {@code track}. */
  NAME(200),
  /** Absolute, http or https; required for {@code page}. */
  URL(4_096),
  REFERRER(4_096),
  TITLE(500),
  /** Required for {@code identify}. */
  USER_ID(200),
  /** The client's own id of the visitor; without one the visitor is named anew each day. */
  ANONYMOUS_ID(200),
  /** When it happened by the client's clock: ISO-8601 with a zone, or milliseconds since 1970. */
  TIMESTAMP(40),
  /** When it was sent by the same clock, in the same forms. */
  SENT_AT(40),
  LANGUAGE(100),
  /** Such as {@code 1920x1080}. */
  SCREEN(20),
  /** A JSON object; as large as the event may be. */
  PROPERTIES(Integer.MAX_VALUE),
  /** The client's address; only with a key that may report on behalf of others. */
  IP(45),
  /** The client's User-Agent; only with a key that may report on behalf of others. */
  USER_AGENT(1_000);

  private static final Map<String, EventField> BY_LABEL =
      Stream.of(values()).collect(Collectors.toMap(EventField::label, Function.identity()));

  private final String label = name().toLowerCase(Locale.ROOT);
  private final int maxLength;

  EventField(int maxLength) {
    this.maxLength = maxLength;
  }

  /** The name clients use. */
  public String label() {
    return label;
  }

  /** In UTF-16 units, as browsers count. */
  public int maxLength() {
    return maxLength;
  }

  public boolean isTime() {
    return this == TIMESTAMP || this == SENT_AT;
  }

  public static Optional<EventField> labelled(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }
}
