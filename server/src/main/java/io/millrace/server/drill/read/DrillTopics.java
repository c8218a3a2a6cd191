package io.millrace.server.drill.read;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import java.util.List;

/** The names of the topics that a drill reads. */
public record DrillTopics(String clicks, String enriched, String rejected) {

  public static DrillTopics of(Namespace namespace) {
    return new DrillTopics(
        namespace.qualify(Topic.CLICK_EVENTS.localName()),
        namespace.qualify(Topic.ENRICHED_CLICKS.localName()),
        namespace.qualify(Topic.REJECTED_CLICKS.localName()));
  }

  public List<String> all() {
    return List.of(clicks, enriched, rejected);
  }

  List<String> lanes() {
    return List.of(enriched, rejected);
  }
}
