package io.millrace.views;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a view can ask of a fact; not every field is one of every kind of fact. */
public enum Field implements Dimension, Measure {
  SITE(Reading.of(JudgedClick::site), Reading.of(SessionFact::site)),
  VISITOR(click -> click.ofEvent(event -> event.visitor().value())),
  TYPE(click -> click.ofEvent(event -> event.type().label())),
  NAME(click -> click.ofEvent(ClickEvent::name)),
  URL(click -> click.ofEvent(ClickEvent::url)),
  HOST(click -> click.ofEnrichment(Enrichment::host)),
  PATH(click -> click.ofEnrichment(Enrichment::path)),
  COUNTRY(click -> click.ofEnrichment(Enrichment::country)),
  REGION(click -> click.ofEnrichment(Enrichment::region)),
  CITY(click -> click.ofEnrichment(Enrichment::city)),
  DEVICE(click -> click.ofEnrichment(Enrichment::device)),
  BROWSER(click -> click.ofEnrichment(Enrichment::browser)),
  BROWSER_VERSION(click -> click.ofEnrichment(Enrichment::browserVersion)),
  OPERATING_SYSTEM(click -> click.ofEnrichment(Enrichment::operatingSystem)),
  OPERATING_SYSTEM_VERSION(click -> click.ofEnrichment(Enrichment::operatingSystemVersion)),
  LANGUAGE(click -> click.ofEnrichment(Enrichment::language)),
  LOCALE(click -> click.ofEnrichment(Enrichment::locale)),
  SCREEN_CLASS(click -> click.ofEnrichment(Enrichment::screenClass)),
  REFERRER_HOST(click -> click.ofEnrichment(Enrichment::referrerHost)),
  REFERRER_MEDIUM(
      Reading.of(click -> click.ofEnrichment(Enrichment::referrerMedium)),
      Reading.of(fact -> fact.session().source().referrerMedium())),
  REFERRER_SOURCE(
      Reading.of(click -> click.ofEnrichment(Enrichment::referrerSource)),
      Reading.of(fact -> fact.session().source().referrerSource())),
  UTM_SOURCE(
      Reading.of(click -> click.ofEnrichment(Enrichment::utmSource)),
      Reading.of(fact -> fact.session().source().utmSource())),
  UTM_MEDIUM(
      Reading.of(click -> click.ofEnrichment(Enrichment::utmMedium)),
      Reading.of(fact -> fact.session().source().utmMedium())),
  UTM_CAMPAIGN(
      Reading.of(click -> click.ofEnrichment(Enrichment::utmCampaign)),
      Reading.of(fact -> fact.session().source().utmCampaign())),
  UTM_TERM(click -> click.ofEnrichment(Enrichment::utmTerm)),
  UTM_CONTENT(click -> click.ofEnrichment(Enrichment::utmContent)),
  CLICK_IDENTIFIER(click -> click.ofEnrichment(Enrichment::clickIdentifier)),
  /** Names of the steps of enrichment that failed, between commas; empty of nearly all clicks. */
  FAILED_STEPS(click -> click.ofEnrichment(Enrichment::failedSteps)),
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
  RECEIVED_TIME(click -> Long.toString(click.receivedTime()), JudgedClick::receivedTime),
  ENTRY_PAGE(Reading.of(fact -> fact.session().entryPage())),
  EXIT_PAGE(Reading.of(fact -> fact.session().exitPage())),
  PAGE_VIEWS(Reading.ofNumber(fact -> fact.session().pageViews())),
  /** From the first event of a session to its last. */
  DURATION_MS(Reading.ofNumber(fact -> fact.session().durationMillis())),
  /** 1 of a session with fewer than two page views, 0 of any other. */
  BOUNCES(Reading.ofNumber(fact -> fact.session().isBounce() ? 1 : 0));

  private final Optional<Reading<JudgedClick>> ofClick;
  private final Optional<Reading<SessionFact>> ofSession;

  Field(Function<JudgedClick, String> text) {
    this(Optional.of(Reading.of(text)), Optional.empty());
  }

  Field(Function<JudgedClick, String> text, ToLongFunction<JudgedClick> number) {
    this(Optional.of(new Reading<>(text, Optional.of(number))), Optional.empty());
  }

  Field(Reading<JudgedClick> ofClick, Reading<SessionFact> ofSession) {
    this(Optional.of(ofClick), Optional.of(ofSession));
  }

  Field(Reading<SessionFact> ofSession) {
    this(Optional.empty(), Optional.of(ofSession));
  }

  Field(Optional<Reading<JudgedClick>> ofClick, Optional<Reading<SessionFact>> ofSession) {
    this.ofClick = ofClick;
    this.ofSession = ofSession;
  }

  /** The name in queries and answers, in lower case. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isOf(Source source) {
    return switch (source) {
      case CLICKS -> ofClick.isPresent();
      case SESSIONS -> ofSession.isPresent();
    };
  }

  @Override
  public String text(Fact fact) {
    return switch (fact) {
      case JudgedClick click -> required(ofClick).text().apply(click);
      case SessionFact session -> required(ofSession).text().apply(session);
    };
  }

  @Override
  public boolean isNumeric() {
    return ofClick.filter(Reading::isNumeric).isPresent()
        || ofSession.filter(Reading::isNumeric).isPresent();
  }

  @Override
  public int decimals() {
    return 0;
  }

  @Override
  public OptionalLong amount(Fact fact) {
    return OptionalLong.of(
        switch (fact) {
          case JudgedClick click -> required(required(ofClick).number()).applyAsLong(click);
          case SessionFact session -> required(required(ofSession).number()).applyAsLong(session);
        });
  }

  // Asked of every fact by every view: a supplier of the exception would be made each time.
  private <T> T required(Optional<T> part) {
    if (part.isEmpty()) {
      throw new IllegalStateException(label() + " is nothing that can be asked of this fact");
    }
    return part.get();
  }

  /** How a field is read from one kind of fact. */
  private record Reading<F extends Fact>(
      Function<F, String> text, Optional<ToLongFunction<F>> number) {

    static <F extends Fact> Reading<F> of(Function<F, String> text) {
      return new Reading<>(text, Optional.empty());
    }

    static <F extends Fact> Reading<F> ofNumber(ToLongFunction<F> number) {
      return new Reading<>(fact -> Long.toString(number.applyAsLong(fact)), Optional.of(number));
    }

    boolean isNumeric() {
      return number.isPresent();
    }
  }
}
