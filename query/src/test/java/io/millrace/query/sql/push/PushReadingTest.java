package io.millrace.query.sql.push;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.access.SiteScope;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.testing.InMemoryCells;
import io.millrace.query.testing.InMemoryTail;
import io.millrace.views.ViewCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PushReadingTest {
  private static final ViewCatalog CATALOG = ViewCatalog.builtIn();

  private final InMemoryTail tail = new InMemoryTail();

  @Test
  void aLargeEventIsWrittenInPieces() throws IOException, InterruptedException {
    String text = "x".repeat(30_000);
    PushStatement statement =
        PushStatement.of("SELECT '" + text + "' || path AS p FROM clicks EMIT CHANGES LIMIT 1")
            .orElseThrow();
    var pieces = new Pieces();
    try (PushHub hub = hub();
        PushReading reading =
            hub.open(statement, Optional.empty(), OptionalLong.empty(), SiteScope.every())) {
      tail.publish(aClick().counted());

      reading.writeTo(pieces, PushFormat.LINES, () -> true);
    }

    assertThat(pieces.lengths).allMatch(length -> length <= 16 * 1024);
    assertThat(pieces.lengths.stream().mapToInt(length -> length).sum()).isGreaterThan(30_000);
  }

  @Test
  void endsWithWordsWhenTheReaderMayNoLongerReadIt() throws IOException, InterruptedException {
    PushStatement statement =
        PushStatement.of("SELECT path FROM clicks EMIT CHANGES").orElseThrow();
    var out = new ByteArrayOutputStream();
    try (PushHub hub = hub();
        PushReading reading =
            hub.open(statement, Optional.empty(), OptionalLong.empty(), SiteScope.every())) {
      tail.publish(aClick().path("/secret").counted());

      reading.writeTo(out, PushFormat.LINES, () -> false);
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("revoked").doesNotContain("/secret");
  }

  private PushHub hub() {
    var cells = new InMemoryCells(CATALOG);
    var limits = new SqlLimits(1_000, 1_000, 1_000, Duration.ofSeconds(30));
    var queries = new SqlQueries(() -> CATALOG, cells, () -> List.of("demo"), Instant::now, limits);
    return new PushHub(
        PushConfig.defaults(),
        tail,
        cells,
        queries,
        () -> List.of("demo"),
        PushReadingTest::atOnce,
        new Nobody());
  }

  private static <T> T atOnce(Supplier<T> query) {
    return query.get();
  }

  /** How long what is written at a time is. */
  private static final class Pieces extends OutputStream {
    private final List<Integer> lengths = new ArrayList<>();

    @Override
    public void write(int value) {
      lengths.add(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      lengths.add(length);
    }
  }

  private static final class Nobody implements PushListener {
    @Override
    public void opened() {}

    @Override
    public void closed(boolean wasDropped) {}

    @Override
    public void sent(long rows) {}
  }
}
