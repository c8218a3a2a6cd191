package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.EnrichedClick;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.ops.ControlLog;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.testing.harness.CellTable;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.DefiningEngine;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.ForeignTopic;
import io.millrace.testing.harness.Signals;
import io.millrace.testing.harness.TableEngine;
import io.millrace.testing.harness.TopicReader;
import io.millrace.views.ViewPlan;
import io.millrace.views.table.TableState;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views that join two reference tables, one of JSON and one of Avro, are defined while events keep
 * coming; the process is killed while one gets its past, and the broker hangs for a while. Then
 * every cell is what an oracle says that knows the rows. When the owner empties a table, what comes
 * finds no rows, and what was counted stays.
 */
@Timeout(600)
class ReferenceTablesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ViewGeneration LEFT = new ViewGeneration("sales", 3);
  private static final ViewGeneration INNER = new ViewGeneration("known_pages", 4);
  private static final String OWNER_SCHEMA =
      "{\"type\":\"record\",\"name\":\"Owner\",\"fields\":[{\"name\":\"owner\",\"type\":\"string\"}]}";
  private static final String PRODUCTS =
      "CREATE TABLE products (path VARCHAR PRIMARY KEY, category VARCHAR, price DECIMAL(9, 2))"
          + " WITH (topic = 'shop-products', format = 'json')";
  private static final String OWNERS =
      "CREATE TABLE owners (site VARCHAR PRIMARY KEY, owner VARCHAR)"
          + " WITH (topic = 'owners', format = 'avro', schema = '"
          + OWNER_SCHEMA
          + "')";
  private static final String SALES =
      "CREATE MATERIALIZED VIEW sales AS SELECT o.owner, p.category, window_start, window_end,"
          + " COUNT(*) AS events, SUM(p.price) AS price"
          + " FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' HOUR)) c"
          + " LEFT JOIN products p ON p.path = c.path LEFT JOIN owners o ON o.site = c.site"
          + " GROUP BY o.owner, p.category, window_start, window_end";
  private static final String KNOWN_PAGES =
      "CREATE MATERIALIZED VIEW known_pages AS SELECT p.path, COUNT(*) AS events FROM clicks c"
          + " JOIN products p ON p.path = c.path WHERE p.price > 3 GROUP BY p.path";

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  /** What the oracle knows of a path: prices of products, of which a quarter is not for sale. */
  private static Optional<BigDecimal> price(String path) {
    int number = Integer.parseInt(path.substring(1));
    return number % 4 == 3
        ? Optional.empty()
        : Optional.of(new BigDecimal(number).add(new BigDecimal("0.25")));
  }

  private static String category(String path) {
    return price(path).map(price -> "category " + price.intValue() % 5).orElse("");
  }

  private static String owner(String site) {
    return site.equals("shop.example") ? "Ünal" : "";
  }

  @Test
  void everyCellOfViewsThatJoinTablesIsRight(@TempDir Path folder) throws Exception {
    System.out.println("ReferenceTablesIT: seed " + seed);
    Path state = folder.resolve("state");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(seed));
      try (var products = new ForeignTopic(servers, "shop-products").make(3);
          var owners = new ForeignTopic(servers, "owners").make(1);
          ControlLog control =
              ControlLog.open(Map.of("bootstrap.servers", servers), Namespace.DEFAULT)) {
        fill(products, owners);

        // Given
        CompletableFuture<Map<Outcome, Long>> sending =
            CompletableFuture.supplyAsync(() -> traffic.send(400));
        try (ChildJvm engine = TableEngine.startChild(servers, state)) {
          Engine.awaitRunning(engine);

          // When
          control.append(
              new ControlCommand.DefineTable(new TableGeneration("products", 1), PRODUCTS));
          control.append(new ControlCommand.DefineTable(new TableGeneration("owners", 2), OWNERS));
          control.append(new ControlCommand.DefineView(LEFT, SALES, ViewStart.EARLIEST));
          // A quick machine may have read all of it before anybody has looked.
          await("the past of a view is being read")
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(20))
              .until(
                  () ->
                      DefiningEngine.stateOf(control, LEFT)
                          .filter(
                              past ->
                                  past == BackfillState.RUNNING || past == BackfillState.COMPLETE)
                          .isPresent());
          assertThat(engine.killAlone()).as(engine.errors()).isTrue();
        }
        try (TableEngine engine = TableEngine.start(servers, state)) {
          Engine.awaitRunning(engine.streams());
          // Collectors give up on a broker that hangs, so nobody sends meanwhile.
          assertThat(sending.get(2, TimeUnit.MINUTES)).isNotEmpty();
          control.append(new ControlCommand.DefineView(INNER, KNOWN_PAGES, ViewStart.EARLIEST));
          hang(kafka.processIds().getFirst());
          awaitComplete(control, LEFT);
          awaitComplete(control, INNER);
          awaitAccounted(engine, servers, traffic.send(100));

          // Then
          List<EnrichedClick> first = new TopicReader(servers).enrichedClicks();
          Map<CellKey, Map<String, BigDecimal>> left =
              left(engine, first, ReferenceTablesIT::category);
          Map<CellKey, Map<String, BigDecimal>> inner = inner(engine, first);
          requireCells(engine, LEFT, left);
          requireCells(engine, INNER, inner);

          // When
          for (int i = 0; i < 40; i++) {
            products.delete("/" + i);
          }
          await("the table is empty")
              .atMost(PATIENCE)
              .until(() -> engine.tables().named("products").orElseThrow().status().rows() == 0);
          assertThat(engine.tables().named("products").orElseThrow().status().state())
              .isEqualTo(TableState.READY);
          awaitAccounted(engine, servers, traffic.send(20));

          // Then
          var later = new ArrayList<>(new TopicReader(servers).enrichedClicks());
          var firstIds = first.stream().map(click -> click.click().id()).toList();
          later.removeIf(click -> firstIds.contains(click.click().id()));
          assertThat(later).isNotEmpty();
          left(engine, later, path -> "").forEach((key, values) -> add(left, key, values));
          requireCells(engine, LEFT, left);
          requireCells(engine, INNER, inner);
        }
      }
    }
  }

  private static void fill(ForeignTopic products, ForeignTopic owners) throws Exception {
    products.put("/0", "{\"category\":\"of before\"}");
    for (int i = 0; i < 40; i++) {
      String path = "/" + i;
      if (price(path).isPresent()) {
        products.put(
            path,
            "{\"category\":\"%s\",\"price\":%s}".formatted(category(path), price(path).get()));
      }
    }
    products.put("/1", "{\"price\":\"a broken record\"}");
    owners.put("shop.example", avro("Ünal"));
    owners.put("blog.example", avro("nobody"));
    owners.delete("blog.example");
  }

  private static byte[] avro(String owner) {
    byte[] text = owner.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(11 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(OWNER_SCHEMA)))
        .put((byte) (2 * text.length))
        .put(text)
        .array();
  }

  /** Not a wait for something to have happened: the broker is to be away for a while. */
  private static void hang(long broker) throws InterruptedException {
    Signals.pause(broker);
    try {
      Thread.sleep(Duration.ofSeconds(8));
    } finally {
      Signals.resume(broker);
    }
  }

  private static void awaitComplete(ControlLog control, ViewGeneration view) {
    await(view.cells() + " has its past")
        .atMost(PATIENCE)
        .until(
            () ->
                DefiningEngine.stateOf(control, view).equals(Optional.of(BackfillState.COMPLETE)));
  }

  private static void awaitAccounted(TableEngine engine, String servers, Map<Outcome, Long> sent) {
    Engine.awaitAccounted(
        engine.streams(), servers, sent.values().stream().mapToLong(Long::longValue).sum());
  }

  private static ViewPlan plan(TableEngine engine, ViewGeneration view) {
    return engine.views().known().view(view).orElseThrow().plan();
  }

  private static Map<CellKey, Map<String, BigDecimal>> left(
      TableEngine engine, List<EnrichedClick> clicks, Function<String, String> category) {
    return cells(
        plan(engine, LEFT),
        LEFT,
        clicks,
        (click, values) -> {
          String path = click.enrichment().path();
          values.put("events", BigDecimal.ONE);
          values.put(
              "price",
              category.apply(path).isEmpty()
                  ? BigDecimal.ZERO
                  : price(path).orElse(BigDecimal.ZERO));
          return Optional.of(List.of(owner(click.click().site().value()), category.apply(path)));
        });
  }

  private static Map<CellKey, Map<String, BigDecimal>> inner(
      TableEngine engine, List<EnrichedClick> clicks) {
    return cells(
        plan(engine, INNER),
        INNER,
        clicks,
        (click, values) -> {
          String path = click.enrichment().path();
          values.put("events", BigDecimal.ONE);
          return price(path)
              .filter(price -> price.compareTo(new BigDecimal(3)) > 0)
              .map(price -> List.of(path));
        });
  }

  /** What the cells must be, by what each click contributes to a group, if to any. */
  private static Map<CellKey, Map<String, BigDecimal>> cells(
      ViewPlan plan,
      ViewGeneration view,
      List<EnrichedClick> clicks,
      BiFunction<EnrichedClick, Map<String, BigDecimal>, Optional<List<String>>> contribution) {
    var cells = new HashMap<CellKey, Map<String, BigDecimal>>();
    for (EnrichedClick click : clicks) {
      var values = new HashMap<String, BigDecimal>();
      Optional<List<String>> group = contribution.apply(click, values);
      if (group.isPresent()) {
        for (Grain grain : plan.grains()) {
          long start = grain.windowStart(click.click().time());
          add(cells, new CellKey(view.cells(), grain, "", start, group.get()), values);
        }
      }
    }
    return cells;
  }

  private static void add(
      Map<CellKey, Map<String, BigDecimal>> cells, CellKey key, Map<String, BigDecimal> values) {
    Map<String, BigDecimal> sums = cells.computeIfAbsent(key, _ -> new HashMap<>());
    values.forEach((name, value) -> sums.merge(name, value, BigDecimal::add));
  }

  private static void requireCells(
      TableEngine engine, ViewGeneration view, Map<CellKey, Map<String, BigDecimal>> expected) {
    Map<CellKey, Map<String, BigDecimal>> found =
        CellTable.read(engine.streams(), EngineTraffic.SITES, plan(engine, view), view.cells());
    assertThat(expected).isNotEmpty();
    assertThat(CellTable.differences(expected, found))
        .as("of %d cells of %s", expected.size(), view.cells())
        .isEmpty();
    System.out.printf(
        "ReferenceTablesIT: %d cells of %s are right%n", expected.size(), view.cells());
  }
}
