package io.millrace.collector.sender;

import io.millrace.model.Namespace;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Salts that all collectors of a namespace share through the topic {@code visitor-salts}, so that a
 * visitor is the same one whichever of them is asked.
 *
 * <p>Whoever needs the salt of a day reads the log to its end; where it has none, it appends one
 * and reads again. The first of a day holds, also if somebody else was quicker in between, so
 * nobody has to be chosen and nobody waits for another. That is done once a day, at the start and
 * in the half hour before midnight, by a thread of its own; between, salts are in memory.
 *
 * <p>A collector that cannot read the log does not guess. A salt of its own would make every
 * visitor a second one, who has not been seen before, so that what is sent again would be counted
 * again: that cannot be mended later, while a client that is told to come again does. Safe for any
 * number of threads.
 */
public final class TopicSalts implements DailySalts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSalts.class);

  /** With that for the log of clicks still within the four seconds of an answer. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** Less than a record's time may be ahead of the broker's clock. */
  private static final Duration AHEAD = Duration.ofMinutes(30);

  private final SaltLog log;
  private final InstantSource clock;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();
  private final Map<LocalDate, CompletableFuture<byte[]>> awaited = new ConcurrentHashMap<>();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("visitor-salts").daemon().factory());
  private volatile Map<LocalDate, byte[]> salts = Map.of();
  private boolean failing;

  TopicSalts(SaltLog log, InstantSource clock, Duration patience) {
    this.log = log;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Begins to find out today's salt, and does not wait for it.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static TopicSalts start(Map<String, String> connection, Namespace namespace) {
    var salts =
        new TopicSalts(new KafkaSaltLog(connection, namespace), InstantSource.system(), PATIENCE);
    var _ =
        salts.worker.scheduleWithFixedDelay(
            salts::lookAhead, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return salts;
  }

  @Override
  public byte[] saltOf(LocalDate day) {
    byte[] known = salts.get(day);
    return known != null ? known : await(day);
  }

  private byte[] await(LocalDate day) {
    try {
      return ask(day).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | RejectedExecutionException unknown) {
      throw new SaltUnavailableException(day);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SaltUnavailableException(day);
    }
  }

  private CompletableFuture<byte[]> ask(LocalDate day) {
    return awaited.computeIfAbsent(
        day,
        asked -> {
          var answer = new CompletableFuture<byte[]>();
          worker.execute(() -> settle(asked, answer));
          return answer;
        });
  }

  /** Has today's and, shortly before it begins, tomorrow's; forgets those before yesterday. */
  void lookAhead() {
    LocalDate today = today(Duration.ZERO);
    forgetBefore(today.minusDays(1));
    for (LocalDate day : new LocalDate[] {today, today(AHEAD)}) {
      if (!salts.containsKey(day)) {
        var _ = ask(day);
      }
    }
  }

  private LocalDate today(Duration ahead) {
    return LocalDate.ofInstant(clock.instant().plus(ahead), ZoneOffset.UTC);
  }

  private void settle(LocalDate day, CompletableFuture<byte[]> answer) {
    try {
      byte[] known = salts.get(day);
      byte[] salt = known == null ? agreeOn(day) : known;
      // First, or who asks after this is forgotten would be answered with it.
      awaited.remove(day);
      answer.complete(salt);
      note(false);
    } catch (RuntimeException unavailable) {
      // Whatever it is: what is not settled here is never asked for again.
      note(true);
      LOG.atDebug().setCause(unavailable).log("The visitor salts could not be read");
      if (day.isBefore(today(Duration.ZERO).minusDays(1))) {
        // Nobody asks for it any more.
        awaited.remove(day);
        answer.completeExceptionally(unavailable);
      } else {
        var _ = worker.schedule(() -> settle(day, answer), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private byte[] agreeOn(LocalDate day) {
    Map<LocalDate, byte[]> found = log.read();
    if (!found.containsKey(day)) {
      log.append(day, TransientSalts.newSalt(random));
      found = log.read();
    }
    byte[] salt = found.get(day);
    if (salt == null) {
      throw new KafkaException("The salt that was appended is not in the log");
    }
    var known = new TreeMap<>(found);
    // What was used is used on.
    known.putAll(salts);
    known.headMap(today(Duration.ZERO).minusDays(1)).clear();
    known.putIfAbsent(day, salt);
    salts = Map.copyOf(known);
    return salt;
  }

  private void forgetBefore(LocalDate day) {
    var known = new TreeMap<>(salts);
    known.headMap(day).clear();
    salts = Map.copyOf(known);
  }

  /** One line when the log is lost and one when it is back. */
  private void note(boolean fails) {
    if (fails && !failing) {
      LOG.warn("The visitor salts cannot be read; visitors without an id are answered 503");
    } else if (!fails && failing) {
      LOG.info("The visitor salts are read again");
    }
    failing = fails;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
