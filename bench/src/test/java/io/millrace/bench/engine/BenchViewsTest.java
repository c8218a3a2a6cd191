package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchViewsTest {

  @Test
  void thereAreFiftyDifferentOnes() {
    List<ViewPlan> views = BenchViews.first(50);

    assertThat(new ViewCatalog(views).byName()).hasSize(50);
    assertThat(views.stream().map(ViewPlan::dimensions).distinct()).hasSize(50);
  }

  @Test
  void fewerOnesAreTheFirstOfMore() {
    assertThat(BenchViews.first(10)).isEqualTo(BenchViews.first(50).subList(0, 10));
  }

  @Test
  void flinkHasATopicForEachButTheFirst() {
    assertThat(new FlinkSql(Path.of("none"), 10, "1 s", FlinkSql.ON_HEAP).furtherTopics())
        .hasSize(9);
  }

  @Test
  void moreThanThereAreIsRefused() {
    assertThatThrownBy(() -> BenchViews.first(51)).hasMessageContaining("51");
  }
}
