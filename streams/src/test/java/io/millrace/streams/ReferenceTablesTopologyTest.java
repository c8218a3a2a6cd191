package io.millrace.streams;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CellTasks;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.BuiltInViews;
import io.millrace.views.DefinedViews;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableLimits;
import io.millrace.views.table.TableReading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views that join reference tables, in the graph of both stages. */
class ReferenceTablesTopologyTest {
  private static final ViewGeneration LEFT = new ViewGeneration("by_category", 2);
  private static final ViewGeneration INNER = new ViewGeneration("known_only", 3);
  private static final String PRODUCTS =
      "CREATE TABLE products (path VARCHAR PRIMARY KEY, category VARCHAR)"
          + " WITH (topic = 'products', format = 'json')";

  @TempDir private Path folder;
  private final ViewDefinitions definitions = new ViewDefinitions();
  private ReferenceTables tables = newTables();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> clicks;

  private ReferenceTables newTables() {
    return new ReferenceTables(definitions, TableCompiler::compile, TableLimits.DEFAULT);
  }

  @BeforeEach
  void start() {
    tables = newTables();
    var stage =
        new ClickStage(
                JudgeConfig.DEFAULT,
                SessionConfig.DEFAULT,
                Clicks.enricher(),
                BuiltInViews.all(),
                1,
                outcome -> {})
            .with(new DefinedViews(definitions, new SqlViewCompiler(tables)));
    var settings =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("bootstrap.servers", "unused:9092"),
            folder,
            1,
            CommitPace.DEFAULT,
            1);
    driver =
        new TopologyTestDriver(
            ClickTopology.of(
                Namespace.DEFAULT,
                stage,
                partition -> OptionalLong.empty(),
                CommitPace.DEFAULT,
                new CellTasks()),
            settings.toProperties(),
            Instant.ofEpochMilli(NOW));
    clicks =
        driver.createInputTopic(
            "click-events", new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void define() {
    definitions.apply(new ControlCommand.DefineTable(new TableGeneration("products", 1), PRODUCTS));
    defineView(
        LEFT,
        "SELECT p.category, COUNT(*) AS events FROM clicks c LEFT JOIN products p"
            + " ON p.path = c.path GROUP BY p.category");
    defineView(
        INNER,
        "SELECT UPPER(p.category) AS category, COUNT(*) AS events FROM clicks c"
            + " INNER JOIN products p ON p.path = c.path GROUP BY UPPER(p.category)");
  }

  private void defineView(ViewGeneration view, String query) {
    definitions.apply(
        new ControlCommand.DefineView(
            view, "CREATE MATERIALIZED VIEW " + view.view() + " AS " + query, ViewStart.NOW));
  }

  private ReferenceTable products() {
    return tables.named("products").orElseThrow();
  }

  private static void take(TableReading reading, String key, @Nullable String value) {
    assertThat(
            reading.take(
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  @Test
  void anEventIsJoinedWithTheRowOfItsMoment() {
    // Given
    define();
    TableReading reading = products().read(Map.of());

    // When
    send(click("1", "v", "/a"));
    take(reading, "/a", "{\"category\":\"shoes\"}");
    send(click("2", "v", "/a"));
    send(click("3", "v", "/b"));
    take(reading, "/a", "{\"category\":\"boots\"}");
    send(click("4", "v", "/a"));
    send(click("5", "v", "/a"));
    take(reading, "/a", null);
    send(click("6", "v", "/a"));
    take(reading, "/b", "{}");
    send(click("7", "v", "/b"));

    // Then
    assertThat(counts(LEFT)).isEqualTo(Map.of("", 4L, "shoes", 1L, "boots", 2L));
    assertThat(counts(INNER)).isEqualTo(Map.of("", 1L, "SHOES", 1L, "BOOTS", 2L));
  }

  @Test
  void aViewBeginsWhenItsTableWasRead() {
    // Given
    define();
    TableReading reading = products().read(Map.of(0, 1L));
    defineView(
        new ViewGeneration("without_join", 4),
        "SELECT path, COUNT(*) AS events FROM clicks GROUP BY path");

    // When
    send(click("1", "v", "/a"));
    take(reading, "/a", "{\"category\":\"shoes\"}");
    send(click("2", "v", "/a"));
    reading.reached(Map.of(0, 1L));
    send(click("3", "v", "/a"));

    // Then
    assertThat(counts(LEFT)).isEqualTo(Map.of("shoes", 1L));
    assertThat(start(LEFT)).isEqualTo(2);
    assertThat(counts(new ViewGeneration("without_join", 4))).isEqualTo(Map.of("/a", 3L));
    assertThat(start(new ViewGeneration("without_join", 4))).isZero();
  }

  @Test
  void aDroppedTableIsThereForTheViewsThatReadItAndItsSuccessorForThoseThatCome() {
    // Given
    define();
    ReferenceTable former = products();
    take(former.read(Map.of()), "/a", "{\"category\":\"shoes\"}");
    send(click("1", "v", "/a"));

    // When
    definitions.apply(new ControlCommand.DropTable("products"));
    definitions.apply(
        new ControlCommand.DefineTable(
            new TableGeneration("products", 7), PRODUCTS.replace("category", "kind")));
    var later = new ViewGeneration("by_kind", 8);
    defineView(
        later,
        "SELECT p.kind, COUNT(*) AS events FROM clicks c JOIN products p ON p.path = c.path"
            + " GROUP BY p.kind");
    take(products().read(Map.of()), "/a", "{\"kind\":\"leather\"}");
    send(click("2", "v", "/a"));

    // Then
    assertThat(products()).isNotSameAs(former);
    assertThat(counts(LEFT)).isEqualTo(Map.of("shoes", 2L));
    assertThat(counts(later)).isEqualTo(Map.of("leather", 1L));
  }

  private void send(ClickEvent event) {
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(),
        ClickEventCodec.encode(event),
        event.receivedTime());
  }

  private long start(ViewGeneration view) {
    return cells(view.starts()).values().iterator().next().value(0);
  }

  private Map<String, Long> counts(ViewGeneration view) {
    var counts = new HashMap<String, Long>();
    cells(view.cells())
        .forEach((key, cell) -> counts.put(key.dimensions().getFirst(), cell.value(0)));
    return counts;
  }

  private Map<CellKey, Cell> cells(String name) {
    var cells = new HashMap<CellKey, Cell>();
    var store = driver.<byte[], byte[]>getKeyValueStore(MergeProcessor.CELLS);
    byte[] from = (name + '\0').getBytes(StandardCharsets.UTF_8);
    byte[] to = (name + '\1').getBytes(StandardCharsets.UTF_8);
    try (var entries = store.range(from, to)) {
      entries.forEachRemaining(
          entry -> cells.put(CellKey.parse(entry.key), Cell.parse(entry.value)));
    }
    return cells;
  }
}
