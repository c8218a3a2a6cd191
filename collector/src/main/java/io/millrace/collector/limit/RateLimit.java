package io.millrace.collector.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often each of many may do something: a bucket of tokens for each, which fills again at a
 * steady rate. Safe for any number of threads.
 *
 * <p>Where there are too many buckets, the one that was used least lately is forgotten, so memory
 * is bounded whoever comes. Who has so many addresses that they push each other out is not held up
 * by this; that is for the limit of connections.
 */
public final class RateLimit {
  private static final long NANOS = 1_000_000_000L;

  private final long rate;
  private final long burst;
  private final int most;
  private final LongSupplier nanos;
  private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /** What is left of somebody's tokens at a time. */
  private record Bucket(double tokens, long at) {}

  /**
   * Lets each do as much at once as in some seconds.
   *
   * @param rate a second; 0 for no limit
   * @param burst how many at once
   * @param most how many are remembered
   */
  public RateLimit(long rate, long burst, int most) {
    this(rate, burst, most, System::nanoTime);
  }

  RateLimit(long rate, long burst, int most, LongSupplier nanos) {
    if (rate < 0 || burst < 1 || most < 1) {
      throw new IllegalArgumentException(
          "rate, burst, most: got " + rate + ", " + burst + " and " + most);
    }
    this.rate = rate;
    this.burst = burst;
    this.most = most;
    this.nanos = nanos;
  }

  /** Whether there is no limit. */
  public boolean isUnlimited() {
    return rate == 0;
  }

  /**
   * Takes tokens of somebody, also more than a bucket holds if it is full, so that no batch is
   * refused for ever: the debt is paid before the next. It is never larger than a bucket, or one
   * batch would keep its sender out for as long as it is large.
   *
   * @return 0 where they may go on; otherwise in how many seconds, rounded up, they may try again
   */
  public long take(Object who, long count) {
    if (isUnlimited()) {
      return 0;
    }
    synchronized (buckets) {
      long now = nanos.getAsLong();
      double tokens = tokens(buckets.get(who), now);
      double needed = Math.min(count, burst);
      if (tokens < needed) {
        return Math.max(1, (long) Math.ceil((needed - tokens) / rate));
      }
      keep(who, new Bucket(Math.max(tokens - count, (double) -burst), now));
      return 0;
    }
  }

  private double tokens(@Nullable Bucket bucket, long now) {
    return bucket == null
        ? burst
        : Math.min((double) burst, bucket.tokens() + (double) (now - bucket.at()) * rate / NANOS);
  }

  private void keep(Object who, Bucket bucket) {
    buckets.put(who, bucket);
    if (buckets.size() > most) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  int size() {
    synchronized (buckets) {
      return buckets.size();
    }
  }
}
