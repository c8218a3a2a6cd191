package io.millrace.streams.enrich;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * The geo database that is in use, which may be another one the next time it is asked for. Safe for
 * any number of threads; one at most replaces it.
 */
public final class GeoInUse {
  private final LongAdder replacements = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private volatile Loaded loaded;

  private record Loaded(GeoDatabase database, Instant since) {}

  /**
   * @param since when it was loaded
   */
  GeoInUse(GeoDatabase database, Instant since) {
    loaded = new Loaded(database, since);
  }

  GeoDatabase database() {
    return loaded.database;
  }

  /** When the publisher of the database made it. */
  public Instant built() {
    return loaded.database.built();
  }

  /** Since when it has been in use. */
  public Instant since() {
    return loaded.since;
  }

  /** How often another one has taken its place. */
  public long replacements() {
    return replacements.sum();
  }

  /** How often a new one could not be used. */
  public long refusals() {
    return refusals.sum();
  }

  void replace(GeoDatabase other, Instant now) {
    loaded = new Loaded(other, now);
    replacements.increment();
  }

  void refuse() {
    refusals.increment();
  }
}
