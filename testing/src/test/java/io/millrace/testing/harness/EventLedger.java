package io.millrace.testing.harness;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends events of one request each, twenty at a time, and keeps a ledger of which ids were
 * acknowledged: what the client knows, against which the views are held.
 */
public final class EventLedger {
  private static final int AT_ONCE = 20;

  private final AtomicLong next = new AtomicLong();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> unacknowledged = new ConcurrentLinkedQueue<>();
  private final String key;
  private volatile HttpProbe http;

  /**
   * An empty ledger.
   *
   * @param key that the events are written with
   */
  public EventLedger(HttpProbe http, String key) {
    this.http = http;
    this.key = key;
  }

  /** Goes on with another connection, as after a restart. */
  public void sendThrough(HttpProbe other) {
    http = other;
  }

  /** Sends so many events that were never sent before; gives the answers. */
  public List<HttpAnswer> sendNew(int events) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < events; i++) {
      ids.add("event-" + next.incrementAndGet());
    }
    return send(ids);
  }

  /** Sends again what was not acknowledged; tells whether everything is now. */
  public boolean resendAll() {
    var ids = new ArrayList<String>();
    for (String id = unacknowledged.poll(); id != null; id = unacknowledged.poll()) {
      ids.add(id);
    }
    send(ids);
    return unacknowledged.isEmpty();
  }

  public Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  public List<String> unacknowledged() {
    return List.copyOf(unacknowledged);
  }

  private List<HttpAnswer> send(List<String> ids) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<HttpAnswer>> sends = ids.stream().map(this::sending).toList();
      var answers = new ArrayList<HttpAnswer>();
      for (Future<HttpAnswer> answer : threads.invokeAll(sends)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException failure) {
      throw new IllegalStateException("an event had no answer at all", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sending", stopped);
    }
  }

  private Callable<HttpAnswer> sending(String id) {
    return () -> {
      HttpAnswer answer = answer(id);
      if (answer.isSuccess()) {
        acknowledged.add(id);
      } else {
        unacknowledged.add(id);
      }
      return answer;
    };
  }

  /** No answer at all is one too, of status 0. */
  private HttpAnswer answer(String id) {
    try {
      return http.postEvents(key, TestEvent.now(id, "/" + id).json());
    } catch (UncheckedIOException noAnswer) {
      return new HttpAnswer(0, Map.of(), String.valueOf(noAnswer.getCause()), Duration.ZERO);
    }
  }
}
