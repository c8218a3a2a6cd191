package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.log.AppendResult;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * About a thousand events a second for the processing alone, half of them of one visitor, site and
 * page: of two sites, of every outcome, in no order of time, one in six sent before. Belongs to one
 * thread, but for {@link #stop}.
 */
public final class EngineTraffic {
  public static final List<String> SITES = List.of("shop.example", "blog.example");

  private static final int PAGES = 40;
  private static final int VISITORS = 300;
  private static final int BATCH = 50;
  private static final int MOST_RECENT = 20_000;
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(50);

  /** So short that nobody has more than eight sessions with half an hour between each. */
  private static final Duration SPREAD = Duration.ofHours(3);

  private static final List<String> REFERRERS =
      List.of("direct", "search/Google", "search/Bing", "social/Mastodon");
  private static final List<String> CAMPAIGNS = List.of("", "letter/email/spring", "ad/paid/");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "");

  private final String bootstrapServers;
  private final Random random;
  private final int spreadMillis;
  private final Map<Outcome, Long> sent = new EnumMap<>(Outcome.class);
  private final Set<Long> times = new HashSet<>();
  private final List<ClickEvent> recent = new ArrayList<>();
  private long next;
  private volatile boolean stopped;

  public EngineTraffic(String bootstrapServers, Random random) {
    this(bootstrapServers, random, SPREAD);
  }

  /**
   * One of events that are not as old.
   *
   * @param spread how long ago the oldest that counts has happened
   */
  public EngineTraffic(String bootstrapServers, Random random, Duration spread) {
    this.bootstrapServers = bootstrapServers;
    this.random = random;
    spreadMillis = (int) spread.toMillis();
  }

  public void stop() {
    stopped = true;
  }

  /** Sends until stopped; tells how many of each outcome, known from what was sent alone. */
  public Map<Outcome, Long> sendUntilStopped() {
    return send(Integer.MAX_VALUE);
  }

  /** Sends so many batches of fifty events, or until stopped. */
  public Map<Outcome, Long> send(int batches) {
    try (var log =
            new KafkaClickLog(
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers)),
                Namespace.DEFAULT,
                8 << 20);
        var foreign = new ForeignProducer(bootstrapServers)) {
      for (int batch = 0; batch < batches && !stopped; batch++) {
        assertThat(log.append(batch(), Duration.ofSeconds(30)))
            .isInstanceOf(AppendResult.Acknowledged.class);
        if (random.nextInt(20) == 0) {
          foreign.send("click-events", "shop.example/nobody", new byte[] {1, 2, 3});
          sent.merge(Outcome.INVALID, 1L, Long::sum);
        }
        Thread.sleep(BETWEEN_BATCHES);
      }
      return Map.copyOf(sent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending", interrupted);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("an event was not taken", failure);
    }
  }

  private List<ClickEvent> batch() {
    var batch = new ArrayList<ClickEvent>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(event());
    }
    return batch;
  }

  private ClickEvent event() {
    if (!recent.isEmpty() && random.nextInt(6) == 0) {
      sent.merge(Outcome.DUPLICATE, 1L, Long::sum);
      return recent.get(random.nextInt(recent.size()));
    }
    Outcome outcome =
        switch (random.nextInt(60)) {
          case 0 -> Outcome.BOT;
          case 1 -> Outcome.LATE;
          case 2 -> Outcome.INVALID;
          default -> Outcome.COUNTED;
        };
    sent.merge(outcome, 1L, Long::sum);
    ClickEvent event = event(outcome);
    if (outcome != Outcome.INVALID) {
      remember(event);
    }
    return event;
  }

  private void remember(ClickEvent event) {
    if (recent.size() < MOST_RECENT) {
      recent.add(event);
    } else {
      recent.set(random.nextInt(MOST_RECENT), event);
    }
  }

  private ClickEvent event(Outcome outcome) {
    boolean hot = random.nextBoolean();
    long received = System.currentTimeMillis();
    boolean isPage = random.nextInt(5) > 0;
    String site = hot ? SITES.getFirst() : pick(SITES);
    return new ClickEvent(
        "id-" + next++,
        new SiteId(site),
        new VisitorId("visitor-" + (hot ? 0 : random.nextInt(VISITORS))),
        isPage ? EventType.PAGE : EventType.TRACK,
        isPage ? "" : "click",
        "http://" + site + "/" + (hot ? 0 : random.nextInt(PAGES)),
        pick(REFERRERS),
        "Linux",
        pick(CAMPAIGNS),
        "",
        time(outcome, received),
        0,
        0,
        received,
        "",
        outcome == Outcome.BOT ? FieldEnricher.ROBOT : "Firefox",
        pick(COUNTRIES),
        hot ? "Desktop" : "Phone",
        "",
        false);
  }

  /** No two events have the same, since a hash of their ids would order them then. */
  private long time(Outcome outcome, long received) {
    long shift =
        switch (outcome) {
          case LATE -> -Duration.ofHours(73).toMillis();
          case INVALID -> Duration.ofHours(4).toMillis();
          default -> 0;
        };
    long time = received - random.nextInt(spreadMillis) + shift;
    while (!times.add(time)) {
      time--;
    }
    return time;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
