package io.millrace.server.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The people who come: most are new, some were here before. For one thread; remembers a bounded
 * number of them.
 */
final class Visitors {
  private static final double RETURNING = 0.2;
  private static final int REMEMBERED = 20_000;

  private final RandomGenerator random;
  private final Weighted<Country> countries = new Weighted<>(Country.ALL, Country::weight);
  private final Weighted<Browser> browsers = new Weighted<>(Browser.ALL, Browser::weight);
  private final Weighted<Bot> bots = new Weighted<>(Bot.ALL, Bot::weight);
  private final List<Visitor> known = new ArrayList<>();

  Visitors(RandomGenerator random) {
    this.random = random;
  }

  /** Somebody who begins a session. */
  Visitor arriving() {
    if (!known.isEmpty() && random.nextDouble() < RETURNING) {
      return known.get(random.nextInt(known.size()));
    }
    Visitor visitor = stranger();
    if (known.size() < REMEMBERED) {
      known.add(visitor);
    } else {
      known.set(random.nextInt(REMEMBERED), visitor);
    }
    return visitor;
  }

  /** Somebody who was never here. */
  Visitor stranger() {
    Country country = countries.pick(random);
    Browser browser = browsers.pick(random);
    return new Visitor(
        anyId(),
        oneOf(country.networks()).anyAddress(random),
        browser.agent(),
        country.language(),
        oneOf(browser.screens()));
  }

  /** A program; the same from the same network of 256 addresses. */
  Visitor bot() {
    Bot bot = bots.pick(random);
    String address = bot.network().anyAddress(random);
    String id = "bot-" + address.substring(0, address.lastIndexOf('.'));
    return new Visitor(id, address, bot.agent(), "", "");
  }

  private String anyId() {
    return Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX)
        + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
  }

  private <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
