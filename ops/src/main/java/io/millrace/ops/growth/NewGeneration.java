package io.millrace.ops.growth;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.ops.Cluster;
import io.millrace.ops.OperationsException;
import io.millrace.ops.TopicSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives a namespace a successor whose topics have more partitions, by copying its log.
 *
 * <p>More partitions for the same topic would send a visitor's next events to another partition
 * than the former, and with them to another task, which does not know the visitor: sessions would
 * be cut, duplicates be counted, and who reads the log later would find no order. In a copy every
 * visitor has one partition from the first event on. The successor's processors read it from its
 * beginning, and come to the same numbers; until they have, the former namespace goes on.
 *
 * <p>Used by one thread.
 */
public final class NewGeneration {
  /**
   * What everything else is computed from. Commands come first: an event may need them. Salts let
   * collectors go on naming the visitors of today as before.
   */
  private static final List<Topic> COPIED =
      List.of(Topic.CONTROL, Topic.VISITOR_SALTS, Topic.CLICK_EVENTS);

  private final Cluster cluster;
  private final Namespace from;
  private final Namespace to;

  /**
   * One namespace's successor.
   *
   * @throws IllegalArgumentException when it is the same namespace
   */
  public NewGeneration(Cluster cluster, Namespace from, Namespace to) {
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "namespace: expected another one than the log is in, got \"" + to.name() + '"');
    }
    this.cluster = cluster;
    this.from = from;
    this.to = to;
  }

  /**
   * Makes the topics if they are missing, and copies what they lack. Run again, it goes on where it
   * ended.
   *
   * @param clickPartitions of the new topics that clicks flow through
   * @param goesOn asked whenever all is copied: whether to wait for what comes
   * @throws OperationsException when not everything was copied, or the topics are not what they
   *     must be
   */
  public void copy(int clickPartitions, BooleanSupplier goesOn, Consumer<CopyProgress> progress) {
    var layout =
        new TopicLayout(
            clickPartitions, 1, (short) cluster.replicasOf(from.qualify(name(Topic.CLICK_EVENTS))));
    var specs = new ArrayList<TopicSpec>();
    COPIED.forEach(topic -> specs.add(topic.spec(to, layout)));
    new TopicSetup(cluster).ensure(specs);
    var copies = new ArrayList<TopicCopy>();
    try {
      for (Topic topic : COPIED) {
        copies.add(
            new TopicCopy(
                cluster.connection(),
                from.qualify(name(topic)),
                to.qualify(name(topic)),
                progress));
      }
      do {
        copies.forEach(TopicCopy::run);
      } while (goesOn.getAsBoolean());
    } finally {
      copies.forEach(TopicCopy::close);
    }
  }

  private static String name(Topic topic) {
    return topic.localName();
  }
}
