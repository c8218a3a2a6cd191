package io.millrace.streams.session;

import static io.millrace.streams.session.SessionEvents.MINUTE;
import static io.millrace.streams.session.SessionEvents.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteWriter;
import io.millrace.views.BuiltInViews;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * In whatever order the events of a visitor come, and however often sessions are closed in between,
 * views and topic say in the end what a look at all events in the order of their times says.
 */
class SessionOrderTest {
  private static final long START = 1_770_000_000_000L;
  private static final SessionConfig CONFIG =
      new SessionConfig(Duration.ofMinutes(30), Duration.ofMinutes(5), 100);

  private static final VisitorSessionsCodec CODEC = new VisitorSessionsCodec();

  /** An event, and how much time passes before it comes. */
  record Arrival(SessionEvent event, long pause) {}

  /** What a cell of a view of sessions holds: sessions, bounces, page views, milliseconds. */
  record Numbers(long sessions, long bounces, long pageViews, long duration) {
    Numbers plus(Numbers other) {
      return new Numbers(
          sessions + other.sessions,
          bounces + other.bounces,
          pageViews + other.pageViews,
          duration + other.duration);
    }
  }

  @Property(tries = 1_000)
  void cellsAndTopicAreThoseOfTheSortedEvents(
      @ForAll("arrivals") List<Arrival> arrivals, @ForAll("inactivities") long inactivity) {
    // Given
    var keeper =
        new SessionKeeper(CONFIG, Duration.ofDays(3), (site, received, usual) -> inactivity);
    var table = new PartialTable(BuiltInViews.all());
    var rollup = new Rollup(table);
    var topic = new HashMap<SessionId, Session>();
    VisitorSessions visitor = VisitorSessions.none(VISITOR);
    long now = START;

    // When
    for (Arrival arrival : arrivals) {
      now += arrival.pause();
      visitor = publish(keeper.close(visitor, now, 0), topic);
      SessionUpdate update = keeper.count(visitor, arrival.event(), now, 0);
      update.changes().forEach(rollup::add);
      visitor = publish(update, topic);
    }
    publish(keeper.close(visitor, now + inactivity + Duration.ofDays(1).toMillis(), 0), topic);

    // Then
    List<Session> expected = sessionsOf(arrivals, inactivity);
    assertThat(cells(table)).isEqualTo(expectedCells(expected));
    assertThat(
            topic.values().stream()
                .filter(session -> session.mergedInto().isEmpty())
                .sorted(Comparator.comparingLong(Session::start))
                .map(SessionOrderTest::withoutIdentity))
        .containsExactlyElementsOf(expected);
  }

  /** Upserts by id, and passes the state through its bytes. */
  private static VisitorSessions publish(SessionUpdate update, Map<SessionId, Session> topic) {
    for (SessionRecord record : update.published()) {
      Session session = record.session();
      Session former = topic.put(session.id(), session);
      assertThat(record.replaced().map(PublishedSession::session))
          .isEqualTo(Optional.ofNullable(former));
      assertThat(session.revision()).isEqualTo(former == null ? 1 : former.revision() + 1);
    }
    var out = new ByteWriter();
    CODEC.write(update.visitor(), out);
    VisitorSessions read = CODEC.decode(VISITOR, out.toBytes());
    assertThat(read).isEqualTo(update.visitor());
    return read;
  }

  /** Cut where the next event is further away than the inactivity. */
  private static List<Session> sessionsOf(List<Arrival> arrivals, long inactivity) {
    List<SessionEvent> sorted =
        arrivals.stream()
            .map(Arrival::event)
            .sorted(Comparator.comparing(SessionEvent::at))
            .toList();
    var sessions = new ArrayList<Session>();
    var open = new ArrayList<SessionEvent>();
    for (SessionEvent event : sorted) {
      if (!open.isEmpty() && event.at().time() - open.getLast().at().time() > inactivity) {
        sessions.add(sessionOf(open));
        open.clear();
      }
      open.add(event);
    }
    if (!open.isEmpty()) {
      sessions.add(sessionOf(open));
    }
    return sessions;
  }

  private static Session sessionOf(List<SessionEvent> events) {
    List<String> pages =
        events.stream().filter(SessionEvent::isPageView).map(SessionEvent::page).toList();
    return new Session(
        new SessionId("any"),
        VISITOR.site(),
        VISITOR.visitor(),
        0,
        "",
        events.getFirst().at().time(),
        events.getLast().at().time(),
        events.size(),
        pages.size(),
        pages.isEmpty() ? "" : pages.getFirst(),
        pages.isEmpty() ? "" : pages.getLast(),
        events.getFirst().source());
  }

  private static Session withoutIdentity(Session session) {
    return new Session(
        new SessionId("any"),
        session.site(),
        session.visitor(),
        0,
        "",
        session.start(),
        session.end(),
        session.events(),
        session.pageViews(),
        session.entryPage(),
        session.exitPage(),
        session.source());
  }

  private static Map<CellKey, Numbers> expectedCells(List<Session> sessions) {
    var cells = new HashMap<CellKey, Numbers>();
    for (Session session : sessions) {
      var numbers =
          new Numbers(
              1,
              session.pageViews() < 2 ? 1 : 0,
              session.pageViews(),
              session.end() - session.start());
      var source = session.source();
      for (Grain grain : List.of(Grain.MINUTE, Grain.HOUR, Grain.DAY)) {
        long window = grain.windowStart(session.start());
        Map.of(
                "session_totals", List.<String>of(),
                "entry_pages", List.of(session.entryPage()),
                "exit_pages", List.of(session.exitPage()),
                "session_sources", List.of(source.referrerMedium(), source.referrerSource()))
            .forEach(
                (view, group) ->
                    cells.merge(
                        new CellKey(view, grain, "demo", window, group), numbers, Numbers::plus));
      }
    }
    return cells;
  }

  private static Map<CellKey, Numbers> cells(PartialTable table) {
    var cells = new HashMap<CellKey, Numbers>();
    table.forEach(
        (view, key, groupHash, cell) -> {
          for (Grain grain : view.grains()) {
            if (!cell.isNothing()) {
              CellKey coarser = CellKey.parse(CellKey.inGrain(key.toBytes(), grain));
              cells.merge(coarser, numbers(cell), Numbers::plus);
            }
          }
        });
    cells.values().removeIf(new Numbers(0, 0, 0, 0)::equals);
    return cells;
  }

  private static Numbers numbers(Cell cell) {
    return new Numbers(cell.value(0), cell.value(1), cell.value(2), cell.value(3));
  }

  /** A minute, the usual, and four hours. */
  @Provide
  Arbitrary<Long> inactivities() {
    return Arbitraries.of(MINUTE, 20 * MINUTE, 30 * MINUTE, 240 * MINUTE);
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 400),
            Arbitraries.of("/a", "/b", "/c", ""),
            Arbitraries.of("direct", "search"),
            Arbitraries.frequency(Tuple.of(4, 0L), Tuple.of(1, 60 * MINUTE)))
        .as(Draft::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25)
        .map(
            drafts -> {
              var arrivals = new ArrayList<Arrival>();
              for (int i = 0; i < drafts.size(); i++) {
                arrivals.add(drafts.get(i).arrival("event-" + i));
              }
              return arrivals;
            });
  }

  /** An event without an id; one without a page is no page view. */
  private record Draft(long minute, String page, String medium, long pause) {
    Arrival arrival(String id) {
      long time = START + minute * MINUTE;
      return new Arrival(
          page.isEmpty()
              ? SessionEvents.track(id, time)
              : SessionEvents.page(id, time, page, medium),
          pause);
    }
  }
}
