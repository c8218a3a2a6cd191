package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
  private static final String[] HEADER = {
    "topic", "key", "value", "partitions", "kept", "cleanup.policy"
  };
  private static final int NAME = 0;
  private static final int PARTITIONS = 3;

  @Test
  void thePageHasARowForEachTopicAndNoMore() {
    List<List<String>> rows =
        Page.read("reference/topics.md").table(HEADER).stream()
            .map(
                row -> {
                  var facts = new ArrayList<>(row.subList(PARTITIONS, row.size()));
                  facts.addFirst(row.get(NAME));
                  return List.copyOf(facts);
                })
            .toList();

    assertThat(rows).containsExactlyElementsOf(specs().stream().map(TopicsPageTest::row).toList());
  }

  @Test
  void thePageHasTheSettingsThatEachTopicHas() {
    Map<String, String> written =
        Page.read("reference/topics.md").columns(0, 1, "setting", "value", "why");

    assertThat(written).hasSize(3);
    assertThat(specs())
        .allSatisfy(spec -> assertThat(spec.settings()).containsAllEntriesOf(written));
  }

  private static List<TopicSpec> specs() {
    var specs = new ArrayList<TopicSpec>();
    Arrays.stream(Topic.values())
        .map(topic -> topic.spec(Namespace.DEFAULT, TopicLayout.LOCAL))
        .forEach(specs::add);
    ViewCatalog.builtIn().plans().stream()
        .map(ViewPlan::topic)
        .flatMap(Optional::stream)
        .map(name -> Topic.ofView(name, Namespace.DEFAULT, TopicLayout.LOCAL))
        .forEach(specs::add);
    return specs;
  }

  private static List<String> row(TopicSpec spec) {
    return List.of(
        spec.name(),
        Integer.toString(spec.partitions()),
        kept(spec),
        spec.settings().getOrDefault("cleanup.policy", ""));
  }

  private static String kept(TopicSpec spec) {
    String retention = spec.settings().get("retention.ms");
    if (retention == null) {
      return "the latest of each key";
    }
    Duration kept = Duration.ofMillis(Long.parseLong(retention));
    if (kept.isNegative()) {
      return "for ever";
    }
    return kept.toDays() > 0 ? count(kept.toDays(), "day") : count(kept.toHours(), "hour");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
