package io.millrace.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The table of topics: what each is for, how it is cut and how long it is kept. Nothing else
 * creates a topic, and a topic that exists with other settings is reported instead of used.
 *
 * <p>Topics of views are not listed here; each is made like {@link #ofView}.
 */
public enum Topic {
  /**
   * Every accepted event, in the order of acceptance per visitor. The log that everything can be
   * computed from again.
   */
  CLICK_EVENTS("click-events", Spread.CLICKS, Cleanup.DELETE, Duration.ofDays(30)),
  /** Every counted event, enriched. */
  ENRICHED_CLICKS("enriched-clicks", Spread.CLICKS, Cleanup.DELETE, Duration.ofDays(30)),
  /** The lane of events that are not counted, whole, each with its reason. */
  REJECTED_CLICKS("rejected-clicks", Spread.CLICKS, Cleanup.DELETE, Duration.ofDays(30)),
  /**
   * Every session when it is closed, and again when late events have changed it. Not compacted,
   * since a visitor has many under one key.
   */
  SESSIONS("sessions", Spread.CLICKS, Cleanup.DELETE, Duration.ofDays(30)),
  /**
   * Between the stages: all cells of one target partition and one commit in each record. Private.
   * Nothing of it is deleted for its age, since what stage 2 has not merged exists only here; what
   * it has merged is deleted by offset.
   */
  ROLLUP_PARTIALS("rollup-partials", Spread.ROLLUP, Cleanup.DELETE, Duration.ofMillis(-1)),
  /** Sites, keys and views: commands that every role projects into memory. */
  CONTROL("control", Spread.SINGLE, Cleanup.DELETE, Duration.ofMillis(-1)),
  /**
   * The secret of each day that visitors without an id are named with; of a day the first record
   * holds. Each has the time at which its day begins, and a segment of its own, so that the log
   * forgets it when the day after has ended.
   */
  VISITOR_SALTS("visitor-salts", Spread.SINGLE, Cleanup.DELETE, Duration.ofDays(2)),
  /**
   * What instances say of themselves every second. Only the latest seconds count, so it is cut into
   * short segments and soon deleted; there is nothing to be compacted.
   */
  INSTANCES("instances", Spread.SINGLE, Cleanup.DELETE, Duration.ofHours(1));

  /** The largest batch of records that the log takes, in bytes; Kafka's own default. */
  public static final int MOST_BYTES_IN = 1_048_588;

  /**
   * What the topics after it take, so that anything in the log can be passed on with what is added
   * to it.
   */
  public static final int MOST_BYTES_ON = 2 * MOST_BYTES_IN;

  /**
   * How far ahead of the broker's clock a record's time may be; Kafka's own default. Time ahead
   * closes sessions early and keeps what retention should delete. A clock may be wrong by an hour
   * without losing an event, so it is not less; every topic has the same, or what the log took
   * could not be passed on.
   */
  public static final Duration MOST_AHEAD = Duration.ofHours(1);

  private static final Duration SALT_SEGMENT = Duration.ofHours(12);

  /** Retention deletes whole segments; Kafka's own default would keep a week of announcements. */
  private static final Duration SEGMENT_OF_INSTANCES = Duration.ofMinutes(30);

  /** How many partitions a topic is cut into. */
  public enum Spread {
    /** As many as clicks need; more than needed today, because growing a topic moves visitors. */
    CLICKS,
    /** As many as the cells need. */
    ROLLUP,
    /** One, where the order of all records matters. */
    SINGLE
  }

  /** Kafka's {@code cleanup.policy}. */
  public enum Cleanup {
    DELETE("delete"),
    COMPACT("compact");

    private final String setting;

    Cleanup(String setting) {
      this.setting = setting;
    }

    public String setting() {
      return setting;
    }
  }

  private final String localName;
  private final Spread spread;
  private final Cleanup cleanup;
  private final Duration retention;

  Topic(String localName, Spread spread, Cleanup cleanup, Duration retention) {
    this.localName = localName;
    this.spread = spread;
    this.cleanup = cleanup;
    this.retention = retention;
  }

  /** The name within a namespace; see {@link Namespace#qualify}. */
  public String localName() {
    return localName;
  }

  public TopicSpec spec(Namespace namespace, TopicLayout layout) {
    Map<String, String> settings =
        common(this == CLICK_EVENTS ? MOST_BYTES_IN : MOST_BYTES_ON, layout);
    settings.put("cleanup.policy", cleanup.setting());
    settings.put("retention.ms", Long.toString(retention(layout).toMillis()));
    if (this == VISITOR_SALTS) {
      // Less than between two days: what is in a segment goes as late as its last record.
      settings.put("segment.ms", Long.toString(SALT_SEGMENT.toMillis()));
    } else if (this == INSTANCES) {
      settings.put("segment.ms", Long.toString(SEGMENT_OF_INSTANCES.toMillis()));
    }
    return new TopicSpec(
        namespace.qualify(localName),
        layout.partitions(spread),
        layout.replicationFactor(),
        settings);
  }

  /** The topics of events are kept for as long as the layout says. */
  private Duration retention(TopicLayout layout) {
    return spread == Spread.CLICKS ? layout.retention() : retention;
  }

  /** The compacted topic that a view's cells are upserted to. */
  public static TopicSpec ofView(String topicName, Namespace namespace, TopicLayout layout) {
    Map<String, String> settings = common(MOST_BYTES_ON, layout);
    settings.put("cleanup.policy", Cleanup.COMPACT.setting());
    return new TopicSpec(
        namespace.qualify(topicName),
        layout.partitions(Spread.ROLLUP),
        layout.replicationFactor(),
        settings);
  }

  /**
   * What a broker's own configuration must not decide. A record keeps the time that its writer gave
   * it: of a click, when it was received.
   */
  private static Map<String, String> common(int mostBytes, TopicLayout layout) {
    var settings = new HashMap<String, String>();
    settings.put("max.message.bytes", Integer.toString(mostBytes));
    settings.put(
        "min.insync.replicas", Integer.toString(TopicLayout.minInSync(layout.replicationFactor())));
    settings.put("message.timestamp.type", "CreateTime");
    settings.put("message.timestamp.after.max.ms", Long.toString(MOST_AHEAD.toMillis()));
    settings.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
    return settings;
  }
}
