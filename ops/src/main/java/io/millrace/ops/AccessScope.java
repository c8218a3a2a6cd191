package io.millrace.ops;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import java.util.List;

/**
 * What the rights of a namespace are about.
 *
 * @param applicationId of the processing: its group, and with a hyphen the prefix of its internal
 *     topics and transactional ids
 * @param backfillPrefix before the group and transactional id of each backfill
 * @param viewTopics topics of views, with the namespace
 * @param tableTopics topics of reference tables, which belong to somebody else
 */
public record AccessScope(
    Namespace namespace,
    String applicationId,
    String backfillPrefix,
    List<String> viewTopics,
    List<String> tableTopics) {

  public AccessScope {
    viewTopics = List.copyOf(viewTopics);
    tableTopics = List.copyOf(tableTopics);
  }

  /** The whole name of a topic. */
  String name(Topic topic) {
    return namespace.qualify(topic.localName());
  }

  /** Before internal topics and transactional ids. */
  String applicationPrefix() {
    return applicationId + "-";
  }
}
