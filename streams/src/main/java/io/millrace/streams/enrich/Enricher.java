package io.millrace.streams.enrich;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.ClickEnricher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a click tells about itself, by the list of {@link #steps}.
 *
 * <p>No event is lost for want of a field: a step that fails is counted and leaves its fields
 * marked as failed, whatever text the event holds, and so does a step that needs what the failed
 * one would have found. Only sources that cannot be loaded at all are a failure.
 *
 * <p>The judge asks whether a bot sent an event before it is decided that the event is enriched,
 * and the answer is the first step's. So that it is not done twice, each thread remembers the one
 * event it asked for last. One enricher is shared by all stream threads.
 */
public final class Enricher implements ClickEnricher {
  /**
   * Of so many events one has its steps timed; reading the clock would cost more than most steps.
   */
  public static final int EVENTS_PER_TIMED = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Enricher.class);

  private final EnrichmentSources sources;
  private final StepTimes times;
  private final List<LongAdder> failures =
      Stream.of(EnrichmentStep.values()).map(step -> new LongAdder()).toList();
  private final ThreadLocal<Begun> begun = ThreadLocal.withInitial(Begun::new);
  private volatile Step @Nullable [] steps;

  /** What a thread has begun and not finished. */
  private static final class Begun {
    @Nullable Findings findings;
  }

  public Enricher(EnrichmentSources sources) {
    this(sources, StepTimes.IGNORED);
  }

  public Enricher(EnrichmentSources sources, StepTimes times) {
    this.sources = sources;
    this.times = times;
  }

  /** Every step in its order: what it reads, and what it sets. The first is the judge's, too. */
  private static Step[] steps(
      AgentClassifier agents,
      CampaignReader campaigns,
      GeoInUse geo,
      ReferrerClassifier referrers,
      LanguageReader languages) {
    return new Step[] {
      // user agent, client hints → device, browser, system, bot
      Step.of(
          EnrichmentStep.AGENT,
          found -> found.agent = agents.classify(found.event.agent(), found.event.hints())),
      // url → host, path, query
      Step.of(EnrichmentStep.PAGE, found -> found.page = PageUrl.of(found.event.url())),
      // query → utm parameters, click identifier
      Step.of(EnrichmentStep.CAMPAIGN, found -> found.campaign = campaigns.read(found.page))
          .after(EnrichmentStep.PAGE),
      // network → country, region, city
      Step.of(
          EnrichmentStep.GEO, found -> found.place = geo.database().place(found.event.address())),
      // referrer, host, campaign → referrer's host, medium, source
      Step.of(
              EnrichmentStep.REFERRER,
              found ->
                  found.referrer =
                      referrers.classify(found.event.referrer(), found.page, found.campaign))
          .after(EnrichmentStep.PAGE)
          .after(EnrichmentStep.CAMPAIGN),
      // language → language, locale
      Step.of(
          EnrichmentStep.LOCALE, found -> found.language = languages.read(found.event.language())),
      // screen → screen class
      Step.of(
          EnrichmentStep.SCREEN, found -> found.screenClass = ScreenClass.of(found.event.screen())),
    };
  }

  /**
   * Why an event must be a program's, by what its agent says.
   *
   * @throws IllegalStateException if a source could not be loaded
   */
  @Override
  public Optional<BotFinding> bot(ClickEvent event) {
    Findings found = begin(event);
    begun.get().findings = found;
    return found.agent.bot();
  }

  /**
   * Enriches one event.
   *
   * @throws IllegalStateException if a source could not be loaded
   */
  @Override
  public Enrichment enrich(ClickEvent event) {
    Findings found = begunOr(event);
    Step[] all = loadedSteps();
    for (int i = 1; i < all.length; i++) {
      run(all[i], found);
    }
    return found.enrichment();
  }

  /** How many events a step has failed for since the start. */
  public long failures(EnrichmentStep step) {
    return failures.get(step.ordinal()).sum();
  }

  private Findings begunOr(ClickEvent event) {
    Begun mine = begun.get();
    Findings found = mine.findings;
    mine.findings = null;
    return found != null && isSame(found.event, event) ? found : begin(event);
  }

  /** The object itself: an equal one may have come from another record. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(ClickEvent one, ClickEvent other) {
    return one == other;
  }

  private Findings begin(ClickEvent event) {
    Step first = loadedSteps()[0];
    boolean timed = ThreadLocalRandom.current().nextInt(EVENTS_PER_TIMED) == 0;
    var found = new Findings(event, timed);
    run(first, found);
    return found;
  }

  private void run(Step step, Findings found) {
    if (!found.timed) {
      attempt(step, found);
      return;
    }
    long start = System.nanoTime();
    attempt(step, found);
    times.took(step.name(), System.nanoTime() - start);
  }

  /** A parser that a hostile text drives too deep is a failed step like any other. */
  private void attempt(Step step, Findings found) {
    if (found.hasFailed(step.needs())) {
      fail(step, found);
      return;
    }
    try {
      step.work().on(found);
    } catch (RuntimeException | StackOverflowError failure) {
      fail(step, found);
      LOG.atTrace()
          .addKeyValue("step", step.name().label())
          .addKeyValue("failure", failure.getClass().getName())
          .log("A step of enrichment failed");
    }
  }

  private void fail(Step step, Findings found) {
    found.markFailed(step.name());
    failures.get(step.name().ordinal()).increment();
  }

  /** Waits for the sources the first time; two threads may do so and both be right. */
  private Step[] loadedSteps() {
    Step[] loaded = steps;
    if (loaded == null) {
      CampaignReader campaigns = CampaignReader.bundled();
      loaded =
          steps(
              sources.agents(),
              campaigns,
              sources.geo(),
              ReferrerClassifier.bundled(campaigns),
              new LanguageReader());
      steps = loaded;
    }
    return loaded;
  }
}
