package io.millrace.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what is still open when this process is told to end, the last opened first: so what uses a
 * local Kafka is closed before the brokers. (Shutdown hooks of their own would all run at once.)
 *
 * <p>Safe for use by several threads. Static because a process ends only once.
 */
public final class ExitSequence {

  private static final Logger log = LoggerFactory.getLogger(ExitSequence.class);
  private static final List<AutoCloseable> PARTS = new ArrayList<>();

  /** Longer than every part takes at most by itself: brokers, processing, requests in flight. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final int STOPPED_LATE = 1;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExitSequence::closeAll, "exit-sequence"));
  }

  private ExitSequence() {}

  /** Has the part closed at the end of the process, before all parts added earlier. */
  public static void add(AutoCloseable part) {
    synchronized (PARTS) {
      PARTS.add(part);
    }
  }

  /** Forgets a part, because it was closed. */
  public static void remove(AutoCloseable part) {
    synchronized (PARTS) {
      PARTS.remove(part);
    }
  }

  private static void closeAll() {
    Thread.ofPlatform().name("exit-bound").daemon().start(ExitSequence::bound);
    for (AutoCloseable part : latestFirst()) {
      try {
        part.close();
      } catch (Exception problem) {
        log.atError()
            .setCause(problem)
            .addKeyValue("part", part.getClass().getSimpleName())
            .log("Cannot close a part");
      }
    }
  }

  /** A process that is told to end does, whatever a part waits for. */
  private static void bound() {
    try {
      Thread.sleep(LONGEST);
      log.atError().addKeyValue("after", LONGEST).log("Ended without having stopped everything");
      Runtime.getRuntime().halt(STOPPED_LATE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<AutoCloseable> latestFirst() {
    synchronized (PARTS) {
      return List.copyOf(PARTS.reversed());
    }
  }
}
