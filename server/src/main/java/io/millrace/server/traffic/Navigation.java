package io.millrace.server.traffic;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where visitors go next, by the kind of page they are on: a Markov chain. What is missing of 1 in
 * a row is the share of those who leave.
 *
 * <pre>
 *   home ─► list ─► product ─► cart ─► checkout ─► thanks
 *     │       ▲        ▲
 *     └─► article ─────┘      any ─► sign-up, information
 * </pre>
 *
 * <p>Immutable.
 */
final class Navigation {

  /** A way from a page, with the probability that it is taken. */
  private record Way(double probability, PageKind to) {}

  private static final Map<PageKind, List<Way>> WAYS = new EnumMap<>(PageKind.class);

  static {
    WAYS.put(
        PageKind.HOME,
        List.of(
            new Way(0.34, PageKind.LIST),
            new Way(0.17, PageKind.ARTICLE),
            new Way(0.10, PageKind.PRODUCT),
            new Way(0.06, PageKind.INFORMATION),
            new Way(0.03, PageKind.SIGN_UP)));
    WAYS.put(
        PageKind.LIST,
        List.of(
            new Way(0.58, PageKind.PRODUCT),
            new Way(0.15, PageKind.LIST),
            new Way(0.05, PageKind.HOME)));
    WAYS.put(
        PageKind.PRODUCT,
        List.of(
            new Way(0.24, PageKind.PRODUCT),
            new Way(0.20, PageKind.LIST),
            new Way(0.16, PageKind.CART),
            new Way(0.06, PageKind.ARTICLE),
            new Way(0.04, PageKind.INFORMATION)));
    WAYS.put(
        PageKind.ARTICLE,
        List.of(
            new Way(0.26, PageKind.ARTICLE),
            new Way(0.12, PageKind.PRODUCT),
            new Way(0.06, PageKind.HOME),
            new Way(0.04, PageKind.SIGN_UP)));
    WAYS.put(
        PageKind.INFORMATION, List.of(new Way(0.25, PageKind.HOME), new Way(0.20, PageKind.LIST)));
    WAYS.put(PageKind.SIGN_UP, List.of(new Way(0.45, PageKind.HOME), new Way(0.25, PageKind.LIST)));
    WAYS.put(
        PageKind.CART,
        List.of(
            new Way(0.50, PageKind.CHECKOUT),
            new Way(0.15, PageKind.PRODUCT),
            new Way(0.10, PageKind.LIST)));
    WAYS.put(
        PageKind.CHECKOUT, List.of(new Way(0.70, PageKind.THANKS), new Way(0.10, PageKind.CART)));
    WAYS.put(PageKind.THANKS, List.of(new Way(0.15, PageKind.HOME)));
  }

  private Navigation() {}

  /** The kind of the next page, or empty for leaving. */
  static Optional<PageKind> next(PageKind from, RandomGenerator random) {
    double point = random.nextDouble();
    for (Way way : WAYS.getOrDefault(from, List.of())) {
      point -= way.probability();
      if (point < 0) {
        return Optional.of(way.to());
      }
    }
    return Optional.empty();
  }
}
