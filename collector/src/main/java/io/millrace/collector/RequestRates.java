package io.millrace.collector;

import io.helidon.webserver.http.ServerRequest;
import io.millrace.collector.event.EventDraft;
import io.millrace.collector.event.KeyRing;
import io.millrace.collector.limit.RateLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often an address may send, and how many events a write key may carry: so that neither one
 * client nor a key that was copied from a page can take the place of all others. Safe for any
 * number of threads.
 */
final class RequestRates {
  private static final int SECONDS_AT_ONCE = 10;
  private static final int MOST_REMEMBERED = 50_000;

  private final ClientAddress addresses;
  private final RateLimit requests;
  private final RateLimit events;

  RequestRates(CollectorConfig config) {
    addresses = new ClientAddress(config.trustedProxies());
    requests = limit(config.maxRequestsPerAddress());
    events = limit(config.maxEventsPerKey());
  }

  private static RateLimit limit(int rate) {
    return new RateLimit(rate, Math.max(1, (long) SECONDS_AT_ONCE * rate), MOST_REMEMBERED);
  }

  /** Whether the address of a request may send it now. */
  boolean admitsAddress(ServerRequest request) {
    return requests.isUnlimited()
        || addresses.isOfThisMachine(request)
        || requests.take(addresses.of(request), 1) == 0;
  }

  /** Whether the keys of all events of a request may carry them now; of unknown keys, yes. */
  boolean admitsKeys(List<EventDraft> drafts, KeyRing keys) {
    if (events.isUnlimited()) {
      return true;
    }
    Map<String, Long> counts = new HashMap<>();
    for (EventDraft draft : drafts) {
      keys.hashOf(draft).ifPresent(hash -> counts.merge(hash, 1L, Long::sum));
    }
    boolean isAdmitted = true;
    for (Map.Entry<String, Long> key : counts.entrySet()) {
      isAdmitted &= events.take(key.getKey(), key.getValue()) == 0;
    }
    return isAdmitted;
  }
}
