package io.millrace.streams.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Outcome;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.Clicks;
import io.millrace.streams.InMemoryStore;
import io.millrace.streams.rollup.Combiner;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.session.SessionsSoFar;
import io.millrace.views.Aggregate;
import io.millrace.views.DefinedViews;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GrainRetention;
import io.millrace.views.JudgedClick;
import io.millrace.views.Source;
import io.millrace.views.ViewCompiler;
import io.millrace.views.ViewPlan;
import io.millrace.views.table.ColumnType;
import io.millrace.views.table.KeyFormat;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableColumn;
import io.millrace.views.table.TableFormat;
import io.millrace.views.table.TableLimits;
import io.millrace.views.table.TablePlan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class TakenViewsTest {
  private static final ViewGeneration FIRST = new ViewGeneration("paths", 1);
  private static final ViewGeneration SECOND = new ViewGeneration("paths", 2);

  private final ViewDefinitions definitions = new ViewDefinitions();
  private final KeyValueStore<byte[], byte[]> store = InMemoryStore.open("view-starts");
  private OptionalLong committed = OptionalLong.empty();

  private final Sessions sessions = new Sessions();

  /** Those that the store of a task has. */
  private static final class Sessions implements SessionsSoFar {
    private final Map<Session, Optional<Session>> kept = new LinkedHashMap<>();
    private long published;

    @Override
    public long published() {
      return published;
    }

    @Override
    public void forEachUnsent(Receiver receiver) {
      kept.forEach(
          (session, published) -> {
            if (!published.equals(Optional.of(session))) {
              receiver.accept(session, published);
            }
          });
    }

    @Override
    public void forEach(Consumer<Session> receiver) {
      kept.keySet().forEach(receiver);
    }
  }

  /** One life of a task. */
  private final class Task {
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final Combiner combiner =
        new Combiner(context, List.of(), new PartialBatches(1), "partials");
    private final TakenViews views;

    Task(ViewCompiler compiler) {
      context.setCurrentSystemTimeMs(Clicks.NOW);
      views =
          new TakenViews(
              new DefinedViews(definitions, compiler),
              store,
              combiner,
              sessions,
              partition -> committed,
              5,
              Duration.ofMillis(1));
      views.restore();
    }

    void process(long offset) {
      views.follow(offset);
      combiner.add(
          JudgedClick.rejected(
              Outcome.LATE, "any", Clicks.click("id-" + offset, "v", "/"), 5, offset, Clicks.NOW));
    }

    /** What was sent: of each cell the number in it, which is a count or an offset. */
    Map<String, Long> sent() {
      combiner.send();
      var sent = new HashMap<String, Long>();
      context
          .forwarded()
          .forEach(
              forward ->
                  PartialBatches.unpack(
                      forward.record().value(),
                      (key, cell) ->
                          sent.merge(CellKey.parse(key).view(), number(cell), Long::sum)));
      return sent;
    }
  }

  private static long number(Cell cell) {
    return cell.value(0);
  }

  private static ViewPlan plan(String name, String text) {
    return new ViewPlan(
        name,
        new Filter.Everything(),
        List.of(Field.SITE),
        EnumSet.of(Grain.DAY),
        List.of(new Aggregate.Count("events", new Filter.Everything())),
        Optional.empty());
  }

  private Task start() {
    return new Task(TakenViewsTest::plan);
  }

  @Test
  void aViewBeginsBetweenTwoRecordsAndSaysWhere() {
    // Given
    Task task = start();
    task.process(40);

    // When
    define(FIRST);
    task.process(41);
    task.process(42);

    // Then
    assertThat(task.sent()).isEqualTo(Map.of("paths@1", 2L, "paths@1/starts", 41L));
  }

  @Test
  void itGoesOnInTheNextLifeOfTheTaskAndDoesNotBeginAgain() {
    // Given
    Task former = start();
    define(FIRST);
    former.process(41);

    // When
    Task next = start();
    next.process(42);
    next.views.followWithoutRecord();

    // Then
    assertThat(next.sent()).isEqualTo(Map.of("paths@1", 1L));
  }

  @Test
  void aTaskWithoutRecordsBeginsWhereItStands() {
    // Given
    Task met = start();
    met.process(7);
    Task metNothing = start();
    define(FIRST);

    // When
    met.views.followWithoutRecord();

    // Then
    assertThat(met.sent()).isEqualTo(Map.of("paths@1/starts", 8L));

    // When
    store.all().forEachRemaining(entry -> store.delete(entry.key));
    metNothing.views.followWithoutRecord();

    // Then
    assertThat(metNothing.sent()).isEmpty();

    // When
    committed = OptionalLong.of(9);
    metNothing.views.followWithoutRecord();

    // Then
    assertThat(metNothing.sent()).isEqualTo(Map.of("paths@1/starts", 9L));
  }

  @Test
  void whatIsGoneIsLeftAndAnotherGenerationBeginsAnew() {
    // Given
    Task task = start();
    define(FIRST);
    task.process(1);

    // When
    define(SECOND);
    task.process(2);

    // Then
    assertThat(task.sent())
        .isEqualTo(Map.of("paths@1/starts", 1L, "paths@2", 1L, "paths@2/starts", 2L));
    assertThat(InMemoryStore.values(store)).hasSize(2);

    // When
    definitions.apply(new ControlCommand.DropView("paths"));
    Task next = start();
    next.process(3);

    // Then
    assertThat(next.sent()).isEmpty();
    assertThat(InMemoryStore.values(store)).hasSize(1);
  }

  @Test
  void aViewOfSessionsBeginsWithWhatTheirTopicDoesNotHave() {
    // Given
    Session published = session("published", 1, 4);
    sessions.kept.put(session("open", 0, 1), Optional.empty());
    sessions.kept.put(published, Optional.of(published));
    sessions.kept.put(session("reopened", 1, 5), Optional.of(session("reopened", 1, 3)));
    sessions.kept.put(session("reopened long ago", 1, 7), Optional.empty());
    sessions.published = 17;
    Task task = new Task(TakenViewsTest::planOfSessions);

    // When
    define(FIRST);
    task.process(41);

    // Then: the page view of an open one, and two more of one that the topic has.
    assertThat(task.sent()).isEqualTo(Map.of("paths@1", 3L, "paths@1/starts", 17L));

    // When
    Task next = new Task(TakenViewsTest::planOfSessions);
    next.process(42);

    // Then
    assertThat(next.sent()).isEmpty();
  }

  @Test
  void aViewOfSessionsWithoutPastBeginsWithAllThatAnEventCanStillJoin() {
    // Given
    Session published = session("published", 1, 4);
    sessions.kept.put(session("open", 0, 1), Optional.empty());
    sessions.kept.put(published, Optional.of(published));
    Task task = new Task(TakenViewsTest::planOfSessions);

    // When
    definitions.apply(new ControlCommand.DefineView(FIRST, "any", ViewStart.NOW));
    task.process(41);

    // Then
    assertThat(task.sent()).isEqualTo(Map.of("paths@1", 5L, "paths@1/starts", 0L));
  }

  private static Session session(String id, int revision, long pageViews) {
    return new Session(
        new SessionId(id),
        new SiteId("demo"),
        new VisitorId("v"),
        revision,
        "",
        Clicks.NOW,
        Clicks.NOW,
        pageViews,
        pageViews,
        "",
        "",
        new SessionSource("", "", "", "", ""));
  }

  private static ViewPlan planOfSessions(String name, String text) {
    return new ViewPlan(
        name,
        Source.SESSIONS,
        new Filter.Everything(),
        List.of(Field.SITE),
        EnumSet.of(Grain.DAY),
        List.of(new Aggregate.SumOf("page_views", new Filter.Everything(), Field.PAGE_VIEWS)),
        Optional.empty(),
        GrainRetention.DEFAULT);
  }

  @Test
  void aProcessThatDoesNotKnowAViewThatHasBegunDoesNotGoOn() {
    // Given
    define(FIRST);
    start().process(1);

    // When
    var cannotCompile =
        (ViewCompiler)
            (name, text) -> {
              throw new IllegalArgumentException("no such function");
            };

    // Then
    assertThatThrownBy(() -> new Task(cannotCompile))
        .hasMessageContaining("paths has begun and cannot be computed here: no such function");

    // When
    var behind = new ViewDefinitions();

    // Then
    assertThatThrownBy(
            () ->
                new TakenViews(
                        new DefinedViews(behind, TakenViewsTest::plan),
                        store,
                        new Combiner(
                            new MockProcessorContext<>(),
                            List.of(),
                            new PartialBatches(1),
                            "partials"),
                        new Sessions(),
                        StartPositions.UNKNOWN,
                        5,
                        Duration.ofMillis(1))
                    .restore())
        .hasMessageContaining("are needed up to 1");
  }

  @Test
  void aTaskDoesNotGoOnBeforeTheTablesOfItsViewsAreRead() {
    // Given
    ReferenceTable table = products();
    Task task = new Task((name, text) -> planOver(table, name));
    define(FIRST);
    task.process(40);
    assertThat(task.sent()).doesNotContainKey(FIRST.cells());
    table.missing();
    task.process(41);
    assertThat(task.sent()).containsEntry(FIRST.cells(), 1L);

    // When
    ReferenceTable unread = products();

    // Then
    assertThatThrownBy(() -> new Task((name, text) -> planOver(unread, name)))
        .hasMessageContaining("the reference table products@9 has not been read to its end here");

    // When
    unread.read(Map.of());

    // Then
    Task next = new Task((name, text) -> planOver(unread, name));
    next.process(42);
    assertThat(next.sent()).containsEntry(FIRST.cells(), 1L);
  }

  @Test
  void aViewThatWaitsForItsTablesHoldsUpNoOtherAndIsNotLookedForWithEveryEvent() {
    // Given
    var waiting = new ViewGeneration("joined", 1);
    ReferenceTable table = products();
    Task task =
        new Task((name, text) -> name.equals("joined") ? planOver(table, name) : plan(name, text));

    // When
    define(waiting);
    define(SECOND);
    task.process(40);
    task.process(41);

    // Then
    assertThat(task.sent()).isEqualTo(Map.of("paths@2", 2L, "paths@2/starts", 40L));
    assertThat(task.views.isToLook()).isFalse();

    // When
    table.missing();

    // Then
    assertThat(task.views.isToLook()).isTrue();
    task.process(42);
    assertThat(task.sent()).containsEntry("joined@1", 1L).containsEntry("joined@1/starts", 42L);
    assertThat(task.views.isToLook()).isFalse();
  }

  private static ReferenceTable products() {
    return new ReferenceTable(
        new TableGeneration("products", 9),
        new TablePlan(
            "products",
            List.of(new TableColumn("path", ColumnType.of(ColumnType.Kind.VARCHAR))),
            List.of("path"),
            "products",
            KeyFormat.TEXT,
            new TableFormat.Json()),
        TableLimits.DEFAULT);
  }

  private static ViewPlan planOver(ReferenceTable table, String name) {
    ViewPlan plan = plan(name, "any");
    return new ViewPlan(
        plan.name(),
        plan.source(),
        plan.filter(),
        plan.dimensions(),
        plan.grains(),
        plan.aggregates(),
        plan.topic(),
        plan.retention(),
        plan.reading(),
        List.of(table));
  }

  private void define(ViewGeneration view) {
    definitions.apply(new ControlCommand.DefineView(view, "any", ViewStart.EARLIEST));
  }
}
