package io.millrace.streams.session;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Enrichment;
import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionNumber;
import io.millrace.model.codec.SessionCodec;
import io.millrace.streams.visitor.VisitorStates;
import io.millrace.views.SessionChange;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sessions of one partition: passes on to views how each counted event changes them, and sends
 * those that are closed to their topic. Thin: what is decided here is decided by {@link
 * SessionKeeper}. Belongs to the thread of its task.
 */
public final class Sessionizer implements SessionsSoFar {
  public static final String TIMERS = "session-timers";

  private static final int MOST_AT_ONCE = 5_000;

  /**
   * An event sets at most one timer, and a timer is set anew at most twice before its visitor is
   * forgotten. So with four timers for each event no backlog stays, however fast events come.
   */
  private static final int EVENTS_BETWEEN_SLICES = 256;

  private static final int MOST_PER_SLICE = 4 * EVENTS_BETWEEN_SLICES;

  private final ProcessorContext<byte[], byte[]> context;
  private final SessionKeeper keeper;
  private final SessionStore store;
  private final SessionNumbers numbers;
  private final Consumer<SessionChange> changes;
  private final String sink;
  private final PartitionClock clock = new PartitionClock();
  private int eventsSinceSlice;

  /** No timer is due before this: deleted entries before it need not be passed over again. */
  private long closedThrough;

  /**
   * A sessionizer that sends in the name of a processor.
   *
   * @param allowedLateness how late an event may be that still counts
   * @param inactivity of sites that differ from the usual
   * @param visitors of the partition; who calls has their changes written before each commit
   * @param timers of the partition, which are its own
   * @param changes takes how sessions change, while an event is counted
   * @param sink the child of that processor that closed sessions are forwarded to
   */
  public Sessionizer(
      ProcessorContext<byte[], byte[]> context,
      SessionConfig config,
      Duration allowedLateness,
      SiteInactivity inactivity,
      VisitorStates visitors,
      KeyValueStore<byte[], byte[]> timers,
      Consumer<SessionChange> changes,
      String sink) {
    this.context = context;
    this.keeper = new SessionKeeper(config, allowedLateness, inactivity);
    this.store = new SessionStore(visitors, timers);
    this.numbers = new SessionNumbers(timers);
    this.changes = changes;
    this.sink = sink;
  }

  /** Takes one counted event; to be called while its record is processed. */
  public void count(ClickEvent event, Enrichment enrichment) {
    VisitorSessions visitor = store.read(new ClickKey(event.site(), event.visitor()));
    SessionUpdate update =
        keeper.count(visitor, SessionEvent.of(event, enrichment), now(), numbers.next());
    apply(update);
    update.changes().forEach(changes);
    eventsSinceSlice++;
    if (eventsSinceSlice >= EVENTS_BETWEEN_SLICES) {
      closeDue(MOST_PER_SLICE);
    }
  }

  /** Closes what is due, at most so much that it takes no long time; to be called now and then. */
  public void closeDue() {
    closeDue(MOST_AT_ONCE);
  }

  private void closeDue(int most) {
    eventsSinceSlice = 0;
    long now = now();
    var due = store.takeDue(closedThrough, now, most);
    for (SessionStore.Timer timer : due) {
      VisitorSessions visitor = store.read(timer.visitor());
      apply(keeper.close(visitor.withTimer(VisitorSessions.NO_TIMER), now, numbers.next()));
    }
    closedThrough = due.size() < most ? now : due.getLast().due();
  }

  private void apply(SessionUpdate update) {
    // A timer before what has been looked through would never be met.
    long due = Math.max(keeper.due(update.visitor()), closedThrough);
    store.write(update.visitor(), due);
    if (!update.visitor().isPublished()) {
      numbers.noteUnsent(due);
    }
    update.published().forEach(record -> send(update.visitor().visitor(), record));
    numbers.add(update.published().size());
  }

  private void send(ClickKey visitor, SessionRecord record) {
    var sent =
        new Record<>(
            visitor.toBytes(),
            SessionCodec.encode(record.session()),
            context.currentSystemTimeMs());
    var number = new SessionNumber(context.taskId().partition(), record.number());
    sent.headers().add(SessionNumber.HEADER, number.toBytes());
    record
        .replaced()
        .ifPresent(former -> sent.headers().add(PublishedSession.REPLACED, former.toBytes()));
    context.forward(sent, sink);
  }

  @Override
  public long published() {
    return numbers.next();
  }

  @Override
  public void forEachUnsent(Receiver receiver) {
    store.forEachDue(
        closedThrough,
        numbers.unsentThrough(),
        visitor ->
            visitor.sessions().stream()
                .filter(kept -> !kept.isPublished())
                .forEach(
                    kept ->
                        receiver.accept(
                            kept.session(), kept.published().map(PublishedSession::session))));
  }

  @Override
  public void forEach(Consumer<Session> receiver) {
    store.forEach(visitor -> visitor.sessions().forEach(kept -> receiver.accept(kept.session())));
  }

  /** Stores what goes with the records that were sent; to be called before each commit. */
  public void write() {
    numbers.write();
  }

  private long now() {
    return clock.now(context.currentStreamTimeMs(), context.currentSystemTimeMs());
  }
}
