package io.millrace.server.cells;

import io.millrace.model.instance.InstanceDirectory.Member;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instances that did not answer, and have not been heard of since: they are not asked, or every
 * question would wait for them anew. Safe for any number of threads.
 */
final class Suspects {
  /** The directory knows nobody any longer who was not heard of for so long. */
  private static final long FORGOTTEN_NANOS = Duration.ofHours(1).toNanos();

  private final Map<String, Long> since = new ConcurrentHashMap<>();

  void add(Member member, long nowNanos) {
    since.values().removeIf(suspected -> nowNanos - suspected > FORGOTTEN_NANOS);
    since.put(member.instance(), nowNanos);
  }

  boolean contains(Member member) {
    Long suspected = since.get(member.instance());
    if (suspected == null) {
      return false;
    }
    if (member.heardNanos() - suspected > 0) {
      since.remove(member.instance(), suspected);
      return false;
    }
    return true;
  }
}
