package io.millrace.streams.session;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Enrichment;
import io.millrace.model.Session;
import io.millrace.model.codec.SessionCodec;
import io.millrace.views.SessionChange;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The sessions of one partition: passes on to views how each counted event changes them, and sends
 * those that are closed to their topic. Thin: what is decided here is decided by {@link
 * SessionKeeper}. Belongs to the thread of its task.
 */
public final class Sessionizer {
  public static final String STORE = "visitor-sessions";

  /** Each punctuation makes a transaction, also of a program that has nothing else to do. */
  private static final Duration BETWEEN_PUNCTUATIONS = Duration.ofSeconds(30);

  private static final int MOST_PER_PUNCTUATION = 5_000;

  /**
   * An event sets at most one timer, and a timer is set anew at most twice before its visitor is
   * forgotten. So with four timers for each event no backlog stays, however fast events come.
   */
  private static final int EVENTS_BETWEEN_SLICES = 256;

  private static final int MOST_PER_SLICE = 4 * EVENTS_BETWEEN_SLICES;

  private final ProcessorContext<byte[], byte[]> context;
  private final SessionKeeper keeper;
  private final SessionStore store;
  private final Consumer<SessionChange> changes;
  private final String sink;
  private final PartitionClock clock = new PartitionClock();
  private int eventsSinceSlice;

  /** No timer is due before this: deleted entries before it need not be passed over again. */
  private long closedThrough;

  private Sessionizer(
      ProcessorContext<byte[], byte[]> context,
      SessionKeeper keeper,
      Consumer<SessionChange> changes,
      String sink) {
    this.context = context;
    this.keeper = keeper;
    this.store = new SessionStore(context.getStateStore(STORE));
    this.changes = changes;
    this.sink = sink;
  }

  /**
   * A sessionizer that sends in the name of the processor whose init calls this.
   *
   * @param allowedLateness how late an event may be that still counts
   * @param inactivity of sites that differ from the usual
   * @param changes takes how sessions change, while an event is counted
   * @param sink the child that closed sessions are forwarded to
   */
  public static Sessionizer bind(
      ProcessorContext<byte[], byte[]> context,
      SessionConfig config,
      Duration allowedLateness,
      SiteInactivity inactivity,
      Consumer<SessionChange> changes,
      String sink) {
    var keeper = new SessionKeeper(config, allowedLateness, inactivity);
    var sessionizer = new Sessionizer(context, keeper, changes, sink);
    var _ =
        context.schedule(
            BETWEEN_PUNCTUATIONS,
            PunctuationType.WALL_CLOCK_TIME,
            time -> sessionizer.closeDue(MOST_PER_PUNCTUATION));
    return sessionizer;
  }

  /** Takes one counted event; to be called while its record is processed. */
  public void count(ClickEvent event, Enrichment enrichment) {
    VisitorSessions visitor = store.read(new ClickKey(event.site(), event.visitor()));
    SessionUpdate update = keeper.count(visitor, SessionEvent.of(event, enrichment), now());
    apply(update);
    update.changes().forEach(changes);
    eventsSinceSlice++;
    if (eventsSinceSlice >= EVENTS_BETWEEN_SLICES) {
      closeDue(MOST_PER_SLICE);
    }
  }

  private void closeDue(int most) {
    eventsSinceSlice = 0;
    long now = now();
    var due = store.takeDue(closedThrough, now, most);
    for (SessionStore.Timer timer : due) {
      VisitorSessions visitor = store.read(timer.visitor());
      apply(keeper.close(visitor.withTimer(VisitorSessions.NO_TIMER), now));
    }
    closedThrough = due.size() < most ? now : due.getLast().due();
  }

  private void apply(SessionUpdate update) {
    store.write(update.visitor(), keeper.due(update.visitor()));
    update.published().forEach(this::send);
  }

  private void send(Session session) {
    byte[] key = new ClickKey(session.site(), session.visitor()).toBytes();
    context.forward(
        new Record<>(key, SessionCodec.encode(session), context.currentSystemTimeMs()), sink);
  }

  private long now() {
    return clock.now(context.currentStreamTimeMs(), context.currentSystemTimeMs());
  }
}
