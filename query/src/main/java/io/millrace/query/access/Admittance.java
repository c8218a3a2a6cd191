package io.millrace.query.access;

import io.helidon.webserver.http.ServerRequest;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether one who follows a stream may still do so. A stream goes on for hours, and a token that is
 * revoked, expires or is changed meanwhile ends it. For one thread.
 */
public final class Admittance {
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final Caller first;
  private final Supplier<Caller> now;
  private final LongSupplier nanos;
  private long latest;
  private boolean lasts = true;

  /**
   * Begins with who was let in.
   *
   * @param now asks anew who it is, and may throw that they are refused
   * @param nanos a clock that never goes back
   */
  Admittance(Caller first, Supplier<Caller> now, LongSupplier nanos) {
    this.first = first;
    this.now = now;
    this.nanos = nanos;
    latest = nanos.getAsLong();
  }

  /** The same of a request that goes on. */
  public static Admittance of(Access access, ServerRequest request, Right right, Caller first) {
    return new Admittance(first, () -> access.require(request, right), System::nanoTime);
  }

  /** Whether it is still the same caller with the same rights and sites, as of a second ago. */
  public boolean lasts() {
    if (lasts && nanos.getAsLong() - latest >= BETWEEN_LOOKS) {
      latest = nanos.getAsLong();
      lasts = isSame();
    }
    return lasts;
  }

  private boolean isSame() {
    try {
      return now.get().equals(first);
    } catch (QueryException refused) {
      return false;
    }
  }
}
