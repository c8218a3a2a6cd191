package io.millrace.views;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.Outcome;
import io.millrace.model.cell.Distinct;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One record of click-events with its outcome: the row that views are computed from. What is not
 * known of it (of undecodable bytes, nearly all) reads as empty text.
 */
public final class JudgedClick implements Fact {
  private final Outcome outcome;
  private final String reason;
  private final int partition;
  private final long offset;
  private final long receivedTime;
  private final @Nullable ClickEvent event;
  private final @Nullable Enrichment enrichment;
  private final long visitorHash;

  /** Made for the first who asks: most facts are not computed with. */
  private @Nullable ComputedValues remembered;

  private JudgedClick(
      Outcome outcome,
      String reason,
      int partition,
      long offset,
      long receivedTime,
      @Nullable ClickEvent event,
      @Nullable Enrichment enrichment) {
    this.outcome = outcome;
    this.reason = reason;
    this.partition = partition;
    this.offset = offset;
    this.receivedTime = receivedTime;
    this.event = event;
    this.enrichment = enrichment;
    this.visitorHash = Distinct.hash(event == null ? "" : event.visitor().value());
  }

  /**
   * Of an event that counts.
   *
   * @param recordTime the record's timestamp, which the collector sets to the time of reception, in
   *     milliseconds since 1970
   */
  public static JudgedClick counted(
      EnrichedClick click, int partition, long offset, long recordTime) {
    return new JudgedClick(
        Outcome.COUNTED, "", partition, offset, recordTime, click.click(), click.enrichment());
  }

  /** Of an event that does not count. */
  public static JudgedClick rejected(
      Outcome outcome,
      String reason,
      ClickEvent event,
      int partition,
      long offset,
      long recordTime) {
    return new JudgedClick(outcome, reason, partition, offset, recordTime, event, null);
  }

  /**
   * Of bytes that are no event.
   *
   * @param recordTime the record's timestamp, in milliseconds since 1970
   */
  public static JudgedClick undecodable(
      String reason, int partition, long offset, long recordTime) {
    return new JudgedClick(Outcome.INVALID, reason, partition, offset, recordTime, null, null);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Why it is not counted, as a short phrase; empty when it is. */
  public String reason() {
    return reason;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** In milliseconds since 1970. */
  public long receivedTime() {
    return receivedTime;
  }

  /** When it happened, or was received where that is unknown; in milliseconds since 1970. */
  @Override
  public long time() {
    return event == null || outcome == Outcome.INVALID ? receivedTime : event.time();
  }

  public Optional<ClickEvent> event() {
    return Optional.ofNullable(event);
  }

  @Override
  public String site() {
    return event == null ? "" : event.site().value();
  }

  @Override
  public ComputedValues remembered() {
    ComputedValues known = remembered;
    if (known == null) {
      known = new ComputedValues();
      remembered = known;
    }
    return known;
  }

  /** As {@link Distinct#addHashed} takes it. */
  long visitorHash() {
    return visitorHash;
  }

  /**
   * One of the properties of the event as a text; empty where there is none, or an object or list.
   *
   * @param path the names to go by from the outermost object
   */
  public Optional<String> property(List<String> path) {
    String properties = properties();
    return properties.isEmpty() ? Optional.empty() : PropertyReader.text(properties, path);
  }

  /** All properties of the event, a JSON object; empty text where there are none. */
  public String properties() {
    return ofEvent(ClickEvent::properties);
  }

  String ofEvent(Function<ClickEvent, String> part) {
    return event == null ? "" : part.apply(event);
  }

  String ofEnrichment(Function<Enrichment, String> part) {
    return enrichment == null ? "" : part.apply(enrichment);
  }
}
