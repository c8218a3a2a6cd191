package io.millrace.server.traffic;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One visit: pages one after the other with time to read in between, and what is done on them. For
 * one thread.
 */
final class Session {
  private static final double MEDIAN_READING_SECONDS = 12;
  private static final double READING_SPREAD = 0.9;
  private static final double MEMBERS = 0.4;

  private final String origin;
  private final SitePages pages;
  private final RandomGenerator random;
  private Action current;
  private Optional<Action> upcoming;
  private double due;

  Session(Visitor visitor, Source source, String origin, SitePages pages, RandomGenerator random) {
    this.origin = origin;
    this.pages = pages;
    this.random = random;
    PageKind kind = source.landing().get(random.nextInt(source.landing().size()));
    this.current =
        new Action(visitor, pages.any(kind, random), "", source.query(), source.referrer());
    this.upcoming = Optional.of(current);
  }

  /** Begins the session at a time, in seconds. */
  Session at(double time) {
    due = time;
    return this;
  }

  /** When the next action happens, in seconds. */
  double due() {
    return due;
  }

  boolean hasEnded() {
    return upcoming.isEmpty();
  }

  /** Does what is due, and decides what comes after it and when. */
  Action act() {
    current = upcoming.orElseThrow();
    upcoming = following();
    due += secondsUntilNext();
    return current;
  }

  private Optional<Action> following() {
    if (current.name().isEmpty()) {
      switch (current.page().kind()) {
        case THANKS -> {
          return Optional.of(doing("purchase"));
        }
        case SIGN_UP -> {
          if (random.nextDouble() < MEMBERS) {
            return Optional.of(doing("sign_up"));
          }
        }
        case HOME, LIST, PRODUCT, ARTICLE, INFORMATION, CART, CHECKOUT -> {}
      }
    } else if (current.name().equals("add_to_cart")) {
      return Optional.of(lookingAt(PageKind.CART));
    }
    return Navigation.next(current.page().kind(), random)
        .map(kind -> kind == PageKind.CART && isProduct() ? doing("add_to_cart") : lookingAt(kind));
  }

  private boolean isProduct() {
    return current.page().kind() == PageKind.PRODUCT;
  }

  private Action lookingAt(PageKind kind) {
    String here = origin + current.page().path();
    return new Action(current.visitor(), pages.any(kind, random), "", "", here);
  }

  private Action doing(String name) {
    return new Action(current.visitor(), current.page(), name, "", current.referrer());
  }

  /** Log-normal, as reading times are. */
  private double secondsUntilNext() {
    boolean quick = upcoming.isPresent() && !upcoming.get().name().isEmpty();
    double median = quick ? MEDIAN_READING_SECONDS / 4 : MEDIAN_READING_SECONDS;
    return median * Math.exp(READING_SPREAD * random.nextGaussian());
  }
}
