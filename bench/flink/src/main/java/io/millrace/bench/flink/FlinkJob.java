package io.millrace.bench.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The job as Flink SQL: every click is passed on enriched, clicks are counted per URL, and with ten
 * views also events and visitors of each site by the minute, the hour and the day, by nine choices
 * of further fields. One source, read once; results are sent on as they change, exactly once.
 *
 * <p>Visitors are counted exactly, since Flink has no estimate that can change.
 */
public final class FlinkJob {
  private static final List<List<String>> VIEWS =
      List.of(
          List.of(),
          List.of("path"),
          List.of("referrerHost"),
          List.of("country"),
          List.of("device"),
          List.of("browser"),
          List.of("device", "browser"),
          List.of("country", "device"),
          List.of("path", "device"));

  private static final String CLICK_COLUMNS =
      "site STRING, visitor STRING, id STRING, url STRING, referrer STRING, title STRING,"
          + " agent STRING, address STRING, `language` STRING, screen STRING, `time` BIGINT";

  private static final String CLICK_SINK_COLUMNS =
      "visitorKey STRING, "
          + CLICK_COLUMNS
          + ", path STRING, country STRING, device STRING, browser STRING, referrerHost STRING";

  private final String bootstrapServers;
  private final String prefix;
  private final Path stateFolder;
  private final int threads;
  private final int views;
  private final String checkpointInterval;
  private final String state;

  private FlinkJob(String[] arguments) {
    bootstrapServers = arguments[0];
    prefix = arguments[1] + ".";
    stateFolder = Path.of(arguments[2]);
    threads = Integer.parseInt(arguments[3]);
    views = Integer.parseInt(arguments[4]);
    checkpointInterval = arguments[5];
    state = arguments[6];
  }

  /**
   * Ends the job when all clicks that there were at its start are counted, and the process when it
   * is killed.
   */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      new FlinkJob(arguments).run();
    } catch (Exception failure) {
      failure.printStackTrace();
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private void run() throws Exception {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(Configuration.fromMap(settings()))
                .build());
    tables.executeSql(source());
    tables.executeSql(enriched());
    tables.executeSql(table("enriched_clicks", CLICK_SINK_COLUMNS, enrichedOptions()));
    tables.executeSql(
        table(
            "url_click_counts",
            "url STRING, clicks BIGINT, PRIMARY KEY (url) NOT ENFORCED",
            upsertOptions("url-click-counts", "raw")));
    StatementSet job = tables.createStatementSet();
    job.addInsertSql("INSERT INTO enriched_clicks SELECT * FROM enriched");
    job.addInsertSql(
        "INSERT INTO url_click_counts SELECT url, COUNT(*) FROM enriched GROUP BY url");
    if (views > 1) {
      tables.executeSql(windows());
      for (List<String> dimensions : VIEWS.subList(0, views - 1)) {
        addView(tables, job, dimensions);
      }
    }
    job.execute().await();
  }

  private Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("parallelism.default", Integer.toString(threads));
    settings.put("pipeline.object-reuse", "true");
    settings.put("table.exec.mini-batch.enabled", "true");
    settings.put("table.exec.mini-batch.allow-latency", "1 s");
    settings.put("table.exec.mini-batch.size", "50000");
    settings.put("table.optimizer.agg-phase-strategy", "TWO_PHASE");
    settings.put("table.exec.sink.not-null-enforcer", "DROP");
    settings.put("state.backend.type", state);
    settings.put("execution.checkpointing.incremental", "true");
    settings.put("taskmanager.memory.managed.size", "1g");
    settings.put("execution.checkpointing.interval", checkpointInterval);
    settings.put("execution.checkpointing.mode", "EXACTLY_ONCE");
    settings.put("execution.checkpointing.storage", "filesystem");
    settings.put(
        "execution.checkpointing.dir", stateFolder.resolve("checkpoints").toUri().toString());
    settings.put("taskmanager.memory.network.min", "128mb");
    settings.put("taskmanager.memory.network.max", "128mb");
    return settings;
  }

  private String source() {
    return table(
        "clicks",
        "visitorKey STRING, " + CLICK_COLUMNS,
        Map.of(
            "connector",
            "kafka",
            "topic",
            prefix + "click-events",
            "scan.startup.mode",
            "earliest-offset",
            "scan.bounded.mode",
            "latest-offset",
            "key.format",
            "raw",
            "key.fields",
            "visitorKey",
            "value.format",
            "json",
            "value.fields-include",
            "EXCEPT_KEY"));
  }

  /** The rules are those of {@code SimpleRules}. */
  private static String enriched() {
    return """
        CREATE TEMPORARY VIEW enriched AS SELECT *,
          SUBSTRING(url FROM LOCATE('/', url, 9)) AS path,
          SUBSTRING(`language` FROM 4) AS country,
          CASE WHEN agent LIKE '%Mobile%' THEN 'Phone' ELSE 'Desktop' END AS device,
          CASE WHEN agent LIKE '%Edg/%' THEN 'Edge'
               WHEN agent LIKE '%Firefox/%' THEN 'Firefox'
               WHEN agent LIKE '%Chrome/%' THEN 'Chrome'
               ELSE 'Safari' END AS browser,
          COALESCE(SPLIT_INDEX(referrer, '/', 2), '') AS referrerHost
        FROM clicks""";
  }

  private Map<String, String> enrichedOptions() {
    var options = exactlyOnce("enriched-clicks");
    options.put("connector", "kafka");
    options.put("key.format", "raw");
    options.put("key.fields", "visitorKey");
    options.put("value.format", "json");
    options.put("value.fields-include", "EXCEPT_KEY");
    return options;
  }

  private Map<String, String> upsertOptions(String topic, String format) {
    var options = exactlyOnce(topic);
    options.put("connector", "upsert-kafka");
    options.put("key.format", format);
    options.put("value.format", format);
    options.put("value.fields-include", "EXCEPT_KEY");
    return options;
  }

  private Map<String, String> exactlyOnce(String topic) {
    var options = new LinkedHashMap<String, String>();
    options.put("topic", prefix + topic);
    options.put("sink.delivery-guarantee", "exactly-once");
    options.put("sink.transactional-id-prefix", prefix + topic);
    options.put("properties.transaction.timeout.ms", "60000");
    options.put("properties.compression.type", "lz4");
    options.put("properties.batch.size", "131072");
    options.put("properties.linger.ms", "50");
    return options;
  }

  private String table(String name, String columns, Map<String, String> options) {
    var all = new LinkedHashMap<>(options);
    all.put("properties.bootstrap.servers", bootstrapServers);
    String with =
        all.entrySet().stream()
            .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
            .collect(Collectors.joining(", "));
    return "CREATE TEMPORARY TABLE " + name + " (" + columns + ") WITH (" + with + ")";
  }

  /** Each click once for each grain, for all views together. */
  private static String windows() {
    return """
        CREATE TEMPORARY VIEW windows AS SELECT site, visitor, path, referrerHost, country, device, browser,
          grain, `time` - MOD(`time`, grain) AS windowStart
        FROM enriched CROSS JOIN UNNEST(ARRAY[CAST(60000 AS BIGINT), 3600000, 86400000]) AS grains (grain)""";
  }

  private void addView(TableEnvironment tables, StatementSet job, List<String> dimensions) {
    String name =
        Stream.concat(Stream.of("visits"), dimensions.stream()).collect(Collectors.joining("_"));
    var group = new ArrayList<String>(List.of("site", "grain", "windowStart"));
    group.addAll(dimensions);
    String groupColumns = String.join(", ", group);
    String columns =
        "site STRING, grain BIGINT, windowStart BIGINT, "
            + dimensions.stream().map(field -> field + " STRING, ").collect(Collectors.joining())
            + "events BIGINT, visitors BIGINT, PRIMARY KEY ("
            + groupColumns
            + ") NOT ENFORCED";
    tables.executeSql(table(name, columns, upsertOptions(name, "json")));
    job.addInsertSql(
        "INSERT INTO "
            + name
            + " SELECT "
            + groupColumns
            + ", COUNT(*), COUNT(DISTINCT visitor) FROM windows GROUP BY "
            + groupColumns);
  }
}
