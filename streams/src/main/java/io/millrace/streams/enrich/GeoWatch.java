package io.millrace.streams.enrich;

import java.time.Duration;

/** Looks every few seconds whether a {@link GeoFile} has been replaced, in a thread of its own. */
final class GeoWatch implements AutoCloseable {
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final Thread thread;

  private GeoWatch(GeoFile file) {
    thread = Thread.ofPlatform().name("geo-file").daemon().unstarted(() -> follow(file));
  }

  static GeoWatch start(GeoFile file) {
    var watch = new GeoWatch(file);
    watch.thread.start();
    return watch;
  }

  private static void follow(GeoFile file) {
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS);
        file.check();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
