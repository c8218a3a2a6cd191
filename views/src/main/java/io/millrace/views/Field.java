package io.millrace.views;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a view can ask of a click. */
public enum Field implements Measure {
  SITE(JudgedClick::site),
  VISITOR(click -> click.ofEvent(event -> event.visitor().value())),
  TYPE(click -> click.ofEvent(event -> event.type().label())),
  NAME(click -> click.ofEvent(ClickEvent::name)),
  URL(click -> click.ofEvent(ClickEvent::url)),
  HOST(click -> click.ofEnrichment(Enrichment::host)),
  PATH(click -> click.ofEnrichment(Enrichment::path)),
  COUNTRY(click -> click.ofEnrichment(Enrichment::country)),
  DEVICE(click -> click.ofEnrichment(Enrichment::device)),
  BROWSER(click -> click.ofEnrichment(Enrichment::browser)),
  OPERATING_SYSTEM(click -> click.ofEnrichment(Enrichment::operatingSystem)),
  REFERRER_HOST(click -> click.ofEnrichment(Enrichment::referrerHost)),
  REFERRER_MEDIUM(click -> click.ofEnrichment(Enrichment::referrerMedium)),
  REFERRER_SOURCE(click -> click.ofEnrichment(Enrichment::referrerSource)),
  UTM_SOURCE(click -> click.ofEnrichment(Enrichment::utmSource)),
  UTM_MEDIUM(click -> click.ofEnrichment(Enrichment::utmMedium)),
  UTM_CAMPAIGN(click -> click.ofEnrichment(Enrichment::utmCampaign)),
  OUTCOME(click -> click.outcome().label()),
  REASON(JudgedClick::reason),
  /** Of click-events. */
  PARTITION(click -> Integer.toString(click.partition()), JudgedClick::partition),
  /**
   * Of rollup-partials. Unknown while a click is added up: when partials are packed, each account
   * of the books goes to every partition, so that it tells for each what has arrived there.
   */
  ROLLUP_PARTITION(click -> ""),
  OFFSET(click -> Long.toString(click.offset()), JudgedClick::offset),
  /** The offset after the record's own, as Kafka commits it. */
  OFFSET_THROUGH(click -> Long.toString(click.offset() + 1), click -> click.offset() + 1),
  /** In milliseconds since 1970. */
  RECEIVED_TIME(click -> Long.toString(click.receivedTime()), JudgedClick::receivedTime);

  private final Function<JudgedClick, String> text;
  private final Optional<ToLongFunction<JudgedClick>> number;

  Field(Function<JudgedClick, String> text) {
    this.text = text;
    this.number = Optional.empty();
  }

  Field(Function<JudgedClick, String> text, ToLongFunction<JudgedClick> number) {
    this.text = text;
    this.number = Optional.of(number);
  }

  /** The name in queries and answers, in lower case. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as a text; empty where it is unknown. */
  public String text(JudgedClick click) {
    return text.apply(click);
  }

  @Override
  public boolean isNumeric() {
    return number.isPresent();
  }

  @Override
  public int decimals() {
    return 0;
  }

  @Override
  public OptionalLong amount(JudgedClick click) {
    return OptionalLong.of(
        number
            .orElseThrow(() -> new IllegalStateException(label() + " is not a number"))
            .applyAsLong(click));
  }
}
