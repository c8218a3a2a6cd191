package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.streams.enrich.EnrichmentStep;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.EventLedger;
import io.millrace.testing.harness.ForeignProducer;
import io.millrace.testing.harness.MetricsProbe;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is found out about clicks, from the browser's headers to the topic, while the geo database
 * is replaced. The databases were made with the {@code MmdbWriter} of the tests of enrichment.
 */
@Timeout(300)
class EnrichmentIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The header of a click event before it had client hints, and how many bytes those take. */
  private static final byte[] EARLIER_HEADER = HexFormat.of().parseHex("c301f80dedae0cd52b54");

  private static final int NO_HINTS = 6;

  @Test
  void findsOutWhatClicksTellAndTakesAnotherGeoDatabase(@TempDir Path folder) throws Exception {
    Path geoFile = folder.resolve("geo.mmdb");
    put("nuremberg.mmdb", geoFile);
    InstanceConfig config =
        InstanceConfig.local(folder.resolve("data"), 0).withGeoFile(Optional.of(geoFile));

    try (RunningInstance millrace = RunningInstance.start(config);
        var metrics = new MetricsProbe(millrace.http());
        var producer = new ForeignProducer(millrace.local().bootstrapServers())) {
      // A browser, somebody a server reports for, and an event from before an upgrade.
      post(millrace, "hinted", "", "Sec-CH-UA", "\"Brave\";v=\"142\", \"Chromium\";v=\"142\"");
      post(millrace, "reported", ",\"language\":\"de-AT\",\"screen\":\"390x844\"" + visitor());
      producer.send("click-events", "shop.example/v", earlier("earlier"));
      millrace.awaitAccounted(3);

      assertThat(enrichment(millrace, "hinted").browser()).isEqualTo("Brave");
      assertThat(enrichment(millrace, "hinted").language()).isEqualTo("fr");
      assertThat(enrichment(millrace, "hinted").country()).isEmpty();
      Enrichment reported = enrichment(millrace, "reported");
      assertThat(reported.country()).isEqualTo("DE");
      assertThat(reported.region()).isEqualTo("Bavaria");
      assertThat(reported.city()).isEqualTo("Nuremberg");
      assertThat(reported.browser()).isEqualTo("Chrome");
      assertThat(reported.browserVersion()).isEqualTo("140");
      assertThat(reported.locale()).isEqualTo("de-AT");
      assertThat(reported.screenClass()).isEqualTo("phone");
      assertThat(reported.clickIdentifier()).isEqualTo("gclid");
      assertThat(reported.failedSteps()).isEmpty();
      assertThat(enrichment(millrace, "earlier").city()).isEqualTo("Nuremberg");

      // Another database is used, a broken one is not.
      put("paris.mmdb", geoFile);
      awaitFiles(metrics, "used");
      post(millrace, "moved", visitor());
      millrace.awaitAccounted(4);
      assertThat(enrichment(millrace, "moved").city()).isEqualTo("Paris");
      Files.writeString(geoFile, "no database");
      awaitFiles(metrics, "refused");
      post(millrace, "stayed", visitor());
      millrace.awaitAccounted(5);
      assertThat(enrichment(millrace, "stayed").city()).isEqualTo("Paris");
      assertThat(metrics.sum("millrace_geo_database_built_timestamp_seconds"))
          .isEqualTo(Instant.parse("2026-02-01T00:00:00Z").getEpochSecond());

      // One event in 64 is timed; that none of 1,500 is has a probability below a billionth.
      new EventLedger(millrace.http(), RunningInstance.KEY).sendNew(1_500);
      BooksAnswer books = millrace.awaitAccounted(1_500);
      assertThat(books.balanced()).as(books.text()).isTrue();
      String text = millrace.http().get("/metrics").body();
      for (EnrichmentStep step : EnrichmentStep.values()) {
        assertThat(text)
            .containsPattern(
                "millrace_enrichment_step_seconds_count\\{step=\"" + step.label() + "\"} [1-9]")
            .contains("millrace_enrichment_failures_total{step=\"" + step.label() + "\"} 0.0");
      }
    }
  }

  private static String visitor() {
    return ",\"ip\":\"8.8.8.8\",\"user_agent\":\"" + TestEvent.AGENT + '"';
  }

  private static void post(RunningInstance millrace, String id, String more, String... headers) {
    var all = new HashMap<String, String>();
    all.put("Accept-Language", "fr-CH,fr;q=0.9");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    String json =
        "{\"id\":\"" + id + "\",\"url\":\"https://shop.example/" + id + "?gclid=who\"" + more + '}';
    assertThat(millrace.http().postEvents(RunningInstance.KEY, json, all).status()).isEqualTo(202);
  }

  private static Enrichment enrichment(RunningInstance millrace, String id) {
    return millrace.topics().enrichedClicks().stream()
        .filter(click -> click.click().id().equals(id))
        .map(EnrichedClick::enrichment)
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " was not counted"));
  }

  private static void awaitFiles(MetricsProbe metrics, String result) {
    await("a new geo database is " + result)
        .atMost(PATIENCE)
        .until(
            () -> metrics.sum("millrace_geo_database_files_total{result=\"" + result + "\"}") == 1);
  }

  private static void put(String resource, Path file) throws IOException {
    try (InputStream in = EnrichmentIT.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      Path beside = file.resolveSibling("new.mmdb");
      Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What a collector from before wrote: another fingerprint, and nothing behind the last field. */
  private static byte[] earlier(String id) {
    long now = Instant.now().toEpochMilli();
    byte[] bytes =
        ClickEventCodec.encode(
            new ClickEvent(
                id,
                new SiteId(RunningInstance.SITE),
                new VisitorId("v"),
                EventType.PAGE,
                "",
                "https://shop.example/",
                "",
                "",
                "",
                "",
                now,
                0,
                0,
                now,
                "8.8.8.0",
                TestEvent.AGENT,
                "",
                "",
                "",
                false));
    byte[] earlier = Arrays.copyOf(bytes, bytes.length - NO_HINTS);
    System.arraycopy(EARLIER_HEADER, 0, earlier, 0, EARLIER_HEADER.length);
    return earlier;
  }
}
