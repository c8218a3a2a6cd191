package io.millrace.query.answer;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.error.QueryException;
import io.millrace.query.testing.InMemoryCells;
import io.millrace.query.testing.QueryServer;
import io.millrace.query.testing.SettableProgress;
import io.millrace.views.Aggregate;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every kind of aggregate in answers, from a view of two groups of which one has no numbers. */
class AggregateRenderingTest {
  private static final Filter ALL = new Filter.Everything();
  private static final Filter NOT_HOME = new Filter.IsNot(Field.PATH, "/");
  private static final ViewPlan PLAN =
      new ViewPlan(
          "sizes",
          ALL,
          List.of(Field.PATH),
          EnumSet.of(Grain.ALL),
          List.of(
              new Aggregate.Count("events", ALL),
              new Aggregate.MinOf("least", NOT_HOME, Field.PARTITION),
              new Aggregate.AvgOf("mean", NOT_HOME, Field.PARTITION),
              new Aggregate.QuantileOf("ranks", NOT_HOME, Field.PARTITION, List.of(0.5, 0.99)),
              new Aggregate.DistinctOf("visitors", NOT_HOME, Field.VISITOR),
              new Aggregate.TopOf("countries", NOT_HOME, Field.PATH, 2)),
          Optional.empty());

  private final ViewCatalog catalog = new ViewCatalog(List.of(PLAN));
  private final InMemoryCells cells = new InMemoryCells(catalog);

  @Test
  void jsonHasANumberAnObjectAListOrNull() {
    JsonNode answer = QueryServer.parse(text(JsonAnswerWriter.write(answer("order=path"))));

    assertThat(answer.at("/rows/0").toString())
        .isEqualTo(
            "{\"path\":\"/\",\"events\":1,\"least\":null,\"mean\":null,\"ranks\":null,"
                + "\"visitors\":0,\"countries\":[],\"final\":false}");
    assertThat(answer.at("/rows/1").toString())
        .isEqualTo(
            "{\"path\":\"/a\",\"events\":2,\"least\":0,\"mean\":0,"
                + "\"ranks\":{\"p50\":0,\"p99\":0},\"visitors\":1,"
                + "\"countries\":[{\"value\":\"/a\",\"count\":2}],\"final\":false}");
    assertThat(answer.at("/aggregates/ranks/kind").asText()).isEqualTo("quantiles");
    assertThat(answer.at("/aggregates/ranks/error").asDouble()).isBetween(0.01, 0.02);
    assertThat(answer.at("/aggregates/countries/error").asDouble()).isBetween(0.01, 0.02);
    assertThat(answer.at("/aggregates/mean").has("error")).isFalse();
  }

  @Test
  void csvHasAColumnForEachQuantile() {
    assertThat(text(CsvAnswerWriter.write(answer("order=path"))))
        .isEqualTo(
            """
            path,events,least,mean,ranks_p50,ranks_p99,visitors,countries,final
            /,1,,,,,0,[],false
            /a,2,0,0,0,0,1,"[{""value"":""/a"",""count"":2}]",false
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void whatIsUnknownComesLastInEitherOrder() {
    for (String order : new String[] {"mean", "-mean", "ranks", "-ranks", "least", "-least"}) {
      assertThat(answer("order=" + order).rows())
          .as(order)
          .extracting(row -> row.dimensions().getFirst())
          .containsExactly("/a", "/");
    }
  }

  @Test
  void aListIsNoOrder() {
    assertThatThrownBy(() -> answer("order=countries"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("order must be one of events, least, mean, ranks, visitors, path,");
  }

  private ViewAnswer answer(String query) {
    if (cells.scans() == 0) {
      cells.add(
          aClick().path("/").counted(),
          aClick().path("/a").counted(),
          aClick().path("/a").counted());
    }
    var parser = new QuestionParser(() -> catalog, new SiteDirectory(), 100, 100);
    var reader = new ViewReader(cells, new SettableProgress(), 100, 100, Duration.ofSeconds(10));
    return reader.answer(parser.parse("sizes", QueryString.parse(query), QueryServer.NOW));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
