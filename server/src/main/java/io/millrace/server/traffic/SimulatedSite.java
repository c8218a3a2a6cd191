package io.millrace.server.traffic;

import io.millrace.server.sender.OutgoingEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Traffic that behaves like a site's: visitors arrive at random (a Poisson process), from many
 * countries and sources, look at a few pages with time to read, and some of them buy or sign up.
 *
 * <p>It is a simulation in time of its own. The earliest of all that is going to happen happens
 * next: some visitor's next action, or an arrival. Whoever asks decides how fast events are wanted,
 * and {@link #next} gives the next one in order as if it happened at the time given: so the rate is
 * exact while the mixture is natural. Before the first event, three minutes pass unseen, so that
 * there are already visitors in the middle of their sessions.
 *
 * <p>The same config and times give the same events. For one thread.
 */
public final class SimulatedSite {
  /** How many events a session has on average; a test keeps this true. */
  static final double EVENTS_OF_A_SESSION = 3.2;

  private static final double UNSEEN_SECONDS = 180;
  private static final int MOST_UNSEEN_EVENTS = 400_000;

  private final SimulatedSiteConfig config;
  private final RandomGenerator random;
  private final Visitors visitors;
  private final EventWriter writer;
  private final RecentEvents recent = new RecentEvents();
  private final SitePages pages = new SitePages();
  private final Weighted<Source> sources = new Weighted<>(Source.ALL, Source::weight);
  private final PriorityQueue<Session> sessions =
      new PriorityQueue<>(Comparator.comparingDouble(Session::due));
  private double nextArrival;

  public SimulatedSite(SimulatedSiteConfig config) {
    this.config = config;
    this.random = new SplittableRandom(config.seed());
    this.visitors = new Visitors(random);
    this.writer = new EventWriter(config.origin(), config.begun());
    double unseen = Math.min(UNSEEN_SECONDS * config.rate(), MOST_UNSEEN_EVENTS);
    for (int event = 0; event < unseen; event++) {
      nextAction();
    }
  }

  /** The next event, happening now. */
  public SiteEvent next(Instant now) {
    TrafficKind kind = config.mix().kindAt(random.nextDouble());
    return switch (kind) {
      case BOT -> event(kind, writer.written(visit(visitors.bot()), now));
      case LATE -> event(kind, writer.writtenLate(visit(visitors.stranger()), now));
      case MALFORMED -> event(kind, writer.writtenBadly(visit(visitors.stranger()), now, random));
      case DUPLICATE -> recent.any().map(sent -> event(kind, sent)).orElseGet(() -> genuine(now));
      case GENUINE -> genuine(now);
    };
  }

  private SiteEvent genuine(Instant now) {
    OutgoingEvent event = writer.written(nextAction(), now);
    recent.add(event);
    return event(TrafficKind.GENUINE, event);
  }

  private static SiteEvent event(TrafficKind kind, OutgoingEvent event) {
    return new SiteEvent(kind, event);
  }

  /** A single look at some page, by somebody without a session. */
  private Action visit(Visitor visitor) {
    PageKind kind = random.nextBoolean() ? PageKind.PRODUCT : PageKind.ARTICLE;
    return new Action(visitor, pages.any(kind, random), "", "", "");
  }

  private Action nextAction() {
    Session session = earliest();
    Action action = session.act();
    if (!session.hasEnded()) {
      sessions.add(session);
    }
    return action;
  }

  private Session earliest() {
    Session waiting = sessions.peek();
    if (waiting != null && waiting.due() <= nextArrival) {
      return sessions.remove();
    }
    var arriving =
        new Session(visitors.arriving(), sources.pick(random), config.origin(), pages, random)
            .at(nextArrival);
    nextArrival += secondsToNextArrival();
    return arriving;
  }

  /** Exponentially distributed, which makes arrivals a Poisson process. */
  private double secondsToNextArrival() {
    return random.nextExponential() * EVENTS_OF_A_SESSION / config.rate();
  }
}
