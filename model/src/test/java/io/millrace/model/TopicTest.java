package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicTest {

  @Test
  void aNamespaceStandsBeforeEveryName() {
    assertThat(Topic.CLICK_EVENTS.spec(new Namespace("teamA"), TopicLayout.LOCAL).name())
        .isEqualTo("teamA.click-events");
    assertThat(Topic.CLICK_EVENTS.spec(Namespace.DEFAULT, TopicLayout.LOCAL).name())
        .isEqualTo("click-events");
  }

  @Test
  void theControlTopicIsOrderedAndKeptForEver() {
    TopicSpec control = Topic.CONTROL.spec(Namespace.DEFAULT, TopicLayout.LOCAL);

    assertThat(control.partitions()).isEqualTo(1);
    assertThat(control.settings()).containsEntry("retention.ms", "-1");
  }

  @Test
  void ofThreeCopiesTwoMustHaveARecordBeforeItIsAcknowledged() {
    var three = new TopicLayout(8, 4, (short) 3);
    for (Topic topic : Topic.values()) {
      assertThat(topic.spec(Namespace.DEFAULT, three).settings())
          .containsEntry("min.insync.replicas", "2");
      assertThat(topic.spec(Namespace.DEFAULT, TopicLayout.LOCAL).settings())
          .containsEntry("min.insync.replicas", "1");
    }
  }

  @Test
  void theSaltOfADayIsGoneTwoDaysAfterItBegan() {
    TopicSpec salts = Topic.VISITOR_SALTS.spec(Namespace.DEFAULT, TopicLayout.LOCAL);

    assertThat(salts.partitions()).isEqualTo(1);
    assertThat(salts.settings())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "172800000")
        .containsEntry("segment.ms", "43200000");
  }

  @Test
  void topicsOfViewsAreCompacted() {
    assertThat(Topic.ofView("url-click-counts", Namespace.DEFAULT, TopicLayout.LOCAL).settings())
        .containsEntry("cleanup.policy", "compact");
  }

  @Test
  void noBrokerDecidesWhatTimesRecordsMayHave() {
    for (Topic topic : Topic.values()) {
      assertThat(topic.spec(Namespace.DEFAULT, TopicLayout.LOCAL).settings())
          .containsEntry("message.timestamp.type", "CreateTime")
          .containsEntry("message.timestamp.after.max.ms", "3600000")
          .containsEntry("message.timestamp.before.max.ms", "9223372036854775807");
    }
  }

  @Test
  void nonsenseIsRefusedWithItsName() {
    assertThatThrownBy(() -> new TopicLayout(0, 1, (short) 1))
        .hasMessageContaining("click-partitions");
    assertThatThrownBy(() -> new Namespace("a.b")).hasMessageContaining("a.b");
    assertThatThrownBy(() -> new SiteId("Shop/1")).hasMessageContaining("Shop/1");
  }
}
