package io.millrace.query.sql;

import io.millrace.model.EventType;
import io.millrace.query.testing.ClickBuilder;
import io.millrace.views.JudgedClick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** An event of which the oracle and the views are told. */
record RandomEvent(
    String site,
    String path,
    String country,
    String visitor,
    EventType type,
    Instant time,
    Optional<String> price) {
  private static final Instant FIRST = Instant.parse("2026-10-30T22:00:00Z");
  private static final List<String> PATHS =
      List.of("/", "/a", "/b", "/a/b", "/ä日", "/it's", "/%", "", "/A");
  private static final List<String> PRICES = List.of("19.99", "0", "-3.50", "5.5", "1000000.01");
  private static final List<String> COUNTRIES = List.of("SE", "DE", "", "日本");

  /** Random ones within two days, most of them in the same few minutes. */
  static List<RandomEvent> some(Random random, int count) {
    return Stream.generate(() -> some(random)).limit(count).toList();
  }

  private static RandomEvent some(Random random) {
    long minute = random.nextBoolean() ? random.nextInt(4) * 59L : random.nextInt(2 * 24 * 60);
    return new RandomEvent(
        random.nextInt(4) == 0 ? "other" : "demo",
        PATHS.get(random.nextInt(PATHS.size())),
        COUNTRIES.get(random.nextInt(COUNTRIES.size())),
        "v" + random.nextInt(30),
        random.nextInt(3) == 0 ? EventType.TRACK : EventType.PAGE,
        FIRST.plusSeconds(minute * 60 + random.nextInt(60)).plusMillis(random.nextInt(1000)),
        random.nextInt(3) > 0
            ? Optional.empty()
            : Optional.of(PRICES.get(random.nextInt(PRICES.size()))));
  }

  JudgedClick click() {
    return ClickBuilder.aClick()
        .site(site)
        .path(path)
        .country(country)
        .visitor(visitor)
        .type(type)
        .at(time)
        .properties(price.map(amount -> "{\"price\":" + amount + "}").orElse("{}"))
        .counted();
  }
}
