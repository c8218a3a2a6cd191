package io.millrace.server.drill.proof;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What every cell of every built-in view must hold, computed from the log in one pass with the
 * collections of the JDK and nothing of the engine: what the reference says of outcomes, views and
 * sessions, written down a second time.
 *
 * <p>It is right for logs of less than a day, without imports and readmissions, in which no visitor
 * has more than eight sessions and no two events of a visitor happened in the same millisecond.
 */
public final class LogOracle {
  private static final long LATENESS = Duration.ofDays(3).toMillis();
  private static final long AHEAD = Duration.ofMinutes(5).toMillis();
  private static final long KNOWN = Duration.ofDays(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final List<Grain> WINDOWS = List.of(Grain.MINUTE, Grain.HOUR, Grain.DAY);

  private final int rollupPartitions;
  private final EventFacts facts;
  private final Map<CellKey, ExpectedCell> cells = new HashMap<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<SourceOffset, Outcome> judgements = new HashMap<>();

  /** Until when each event is known. */
  private final Map<String, Long> seen = new HashMap<>();

  private final Map<String, List<ClickEvent>> countedByVisitor = new HashMap<>();
  private final Map<Integer, List<Long>> countedOffsets = new HashMap<>();

  private LogOracle(int rollupPartitions, EventFacts facts) {
    this.rollupPartitions = rollupPartitions;
    this.facts = facts;
  }

  /**
   * Reads a log.
   *
   * @param log all records of click-events, those of each partition in their order
   * @param rollupPartitions of which each has its own books
   * @param inactivity of a site, by its id
   * @param facts what the enrichment finds out
   */
  public static LogOracle of(
      List<ConsumerRecord<byte[], byte[]>> log,
      int rollupPartitions,
      Function<String, Duration> inactivity,
      EventFacts facts) {
    var oracle = new LogOracle(rollupPartitions, facts);
    log.forEach(oracle::read);
    oracle.countedByVisitor.values().forEach(events -> oracle.addSessions(events, inactivity));
    return oracle;
  }

  /** What each cell must say, by the names of the aggregates. */
  public Map<CellKey, Map<String, BigDecimal>> cells() {
    var values = new HashMap<CellKey, Map<String, BigDecimal>>();
    cells.forEach((key, cell) -> values.put(key, cell.values()));
    return values;
  }

  public Map<Outcome, Long> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** Of each record of the log. */
  public Map<SourceOffset, Outcome> judgements() {
    // Not Map.copyOf, which searches long for keys whose hashes follow each other.
    return Collections.unmodifiableMap(judgements);
  }

  /**
   * How many of the events from some offsets on are counted.
   *
   * @param starts by partition
   */
  public long countedFrom(Map<Integer, Long> starts) {
    return countedOffsets.entrySet().stream()
        .mapToLong(
            partition ->
                partition.getValue().stream()
                    .filter(offset -> offset >= starts.getOrDefault(partition.getKey(), 0L))
                    .count())
        .sum();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null
        || !(ClickEventCodec.decode(record.value())
            instanceof Decoded.Value<ClickEvent>(ClickEvent event))) {
      judged(record, "", record.timestamp(), Outcome.INVALID, "not an event");
      return;
    }
    String site = event.site().value();
    Optional<String> botReason = facts.of(event).botReason();
    if (event.time() > event.receivedTime() + AHEAD) {
      judged(record, site, record.timestamp(), Outcome.INVALID, "happened after it was received");
    } else if (isKnown(event)) {
      judged(record, site, event.time(), Outcome.DUPLICATE, "same id as an earlier event");
    } else if (botReason.isPresent()) {
      judged(record, site, event.time(), Outcome.BOT, botReason.get());
    } else if (event.time() < event.receivedTime() - LATENESS) {
      judged(record, site, event.time(), Outcome.LATE, "happened too long ago");
    } else {
      judged(record, site, event.time(), Outcome.COUNTED, "");
      countedOffsets
          .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
          .add(record.offset());
      count(event);
    }
  }

  /** An event is known for a day after it was received, and to the end of that hour. */
  private boolean isKnown(ClickEvent event) {
    String name = visitorOf(event) + ' ' + event.id();
    if (seen.getOrDefault(name, 0L) > event.receivedTime()) {
      return true;
    }
    seen.put(name, Math.ceilDiv(event.receivedTime() + KNOWN, HOUR) * HOUR);
    return false;
  }

  private static String visitorOf(ClickEvent event) {
    return event.site().value() + '/' + event.visitor().value();
  }

  private void judged(
      ConsumerRecord<byte[], byte[]> record,
      String site,
      long time,
      Outcome outcome,
      String reason) {
    outcomes.merge(outcome, 1L, Long::sum);
    judgements.put(new SourceOffset(record.partition(), record.offset()), outcome);
    for (Grain grain : WINDOWS) {
      cell("outcomes", grain, site, time, outcome.label(), reason).add("events", 1);
    }
    for (int partition = 0; partition < rollupPartitions; partition++) {
      ExpectedCell books =
          cell(
              "books",
              Grain.ALL,
              "",
              0,
              Integer.toString(record.partition()),
              Integer.toString(partition));
      books.atLeast("accounted_through", record.offset() + 1);
      books.atLeast("received_through", record.timestamp());
      books.add("offset_sum", record.offset());
      for (Outcome each : Outcome.values()) {
        books.add(each.label(), each == outcome ? 1 : 0);
      }
    }
  }

  private void count(ClickEvent event) {
    EventFacts.Facts known = facts.of(event);
    countedByVisitor.computeIfAbsent(visitorOf(event), visitor -> new ArrayList<>()).add(event);
    visit("traffic", event);
    visit("pages", event, pathOf(event));
    visit("referrers", event, known.medium(), known.source());
    visit("countries", event, known.country());
    visit("devices", event, known.device());
    visit("browsers", event, known.browser());
    visit("operating_systems", event, known.operatingSystem());
    visit("campaigns", event, known.campaignSource(), known.campaignMedium(), known.campaign());
    cell("url_click_counts", Grain.ALL, "", 0, event.url()).add("clicks", 1);
  }

  private void visit(String view, ClickEvent event, String... group) {
    for (Grain grain : WINDOWS) {
      ExpectedCell cell = cell(view, grain, event.site().value(), event.time(), group);
      cell.add("events", 1);
      cell.add("page_views", isPageView(event) ? 1 : 0);
      cell.addVisitor(event.visitor().value());
    }
  }

  /** Cuts the events of a visitor where the next one is further away than the inactivity. */
  private void addSessions(List<ClickEvent> events, Function<String, Duration> inactivity) {
    long longest = inactivity.apply(events.getFirst().site().value()).toMillis();
    var sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(ClickEvent::time));
    int from = 0;
    for (int next = 1; next <= sorted.size(); next++) {
      if (next == sorted.size()
          || sorted.get(next).time() - sorted.get(next - 1).time() > longest) {
        addSession(sorted.subList(from, next));
        from = next;
      }
    }
  }

  private void addSession(List<ClickEvent> events) {
    ClickEvent first = events.getFirst();
    List<String> pages =
        events.stream().filter(LogOracle::isPageView).map(LogOracle::pathOf).toList();
    long duration = events.getLast().time() - first.time();
    addSession("session_totals", first, duration, pages.size());
    addSession(
        "entry_pages", first, duration, pages.size(), pages.isEmpty() ? "" : pages.getFirst());
    addSession("exit_pages", first, duration, pages.size(), pages.isEmpty() ? "" : pages.getLast());
    EventFacts.Facts known = facts.of(first);
    addSession("session_sources", first, duration, pages.size(), known.medium(), known.source());
  }

  private void addSession(
      String view, ClickEvent first, long duration, int pageViews, String... group) {
    for (Grain grain : WINDOWS) {
      ExpectedCell cell = cell(view, grain, first.site().value(), first.time(), group);
      cell.add("sessions", 1);
      cell.add("bounces", pageViews < 2 ? 1 : 0);
      cell.add("page_views", pageViews);
      cell.add("duration_ms", duration);
    }
  }

  private static boolean isPageView(ClickEvent event) {
    return event.type() == EventType.PAGE;
  }

  private static String pathOf(ClickEvent event) {
    return URI.create(event.url()).getPath();
  }

  private ExpectedCell cell(String view, Grain grain, String site, long time, String... group) {
    var key = new CellKey(view, grain, site, windowOf(grain, time), List.of(group));
    return cells.computeIfAbsent(key, each -> new ExpectedCell());
  }

  private static long windowOf(Grain grain, long time) {
    return switch (grain) {
      case ALL -> 0;
      case MINUTE -> time - time % 60_000;
      case HOUR -> time - time % 3_600_000;
      case DAY -> time - time % 86_400_000;
    };
  }
}
