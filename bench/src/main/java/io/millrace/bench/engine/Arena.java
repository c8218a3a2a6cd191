package io.millrace.bench.engine;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.ops.Cluster;
import io.millrace.ops.OffsetReader;
import io.millrace.ops.TopicSetup;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** One local broker on which all contenders do their job, one after the other. For one thread. */
public final class Arena implements AutoCloseable {
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(30);

  private final LocalKafka kafka;
  private final Admin admin;
  private final Cluster cluster;

  private Arena(LocalKafka kafka) {
    this.kafka = kafka;
    Map<String, String> connection =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    admin = Admin.create(Map.<String, Object>copyOf(connection));
    cluster = Cluster.connect(connection);
  }

  public static Arena open(Path folder) {
    return new Arena(LocalKafka.start(LocalKafkaConfig.oneBroker(folder)));
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public ProcessHandle broker() {
    return ProcessHandle.of(kafka.processIds().getFirst()).orElseThrow();
  }

  /** Writes the clicks that are to be read. */
  public void fill(Input input) {
    make(List.of(Topic.CLICK_EVENTS.spec(input.namespace(), TopicLayout.LOCAL)));
    input.write(bootstrapServers());
  }

  /** Removes everything of a namespace but the clicks, and makes the topics for a contender. */
  public void prepare(Input input, Contender contender) throws InterruptedException {
    String prefix = input.namespace().qualify("");
    deleteGroups(prefix);
    deleteTopics(prefix, input.topic());
    make(outputs(input.namespace(), contender));
  }

  /**
   * Makes topics and waits until each of their partitions answers. A producer that is quicker than
   * a busy broker has its first batch refused and the next one taken, and then tries for ever to
   * bring the first one in again, out of order.
   */
  private void make(List<TopicSpec> topics) {
    new TopicSetup(cluster).ensure(topics);
    topics.forEach(topic -> new OffsetReader(cluster, topic.name(), "").ends());
  }

  /**
   * Waits for the right counts, or for all enriched clicks of one that counts nothing; see {@link
   * UrlCounts#await}.
   */
  public Optional<String> await(
      Contender contender,
      Job job,
      Input input,
      Map<String, Long> expected,
      BooleanSupplier goesOn) {
    return contender.countsUrls()
        ? new UrlCounts(expected).await(contender, job, goesOn)
        : new EnrichedClicks(job).await(input.clicks().events(), goesOn);
  }

  /**
   * Compares what a contender that reads JSON passed on with what it must have, click by click.
   *
   * @return what is wrong, if anything is
   */
  public Optional<String> compare(Job job, Input input) {
    return new EnrichedClicks(job).compare(input.clicks());
  }

  private static List<TopicSpec> outputs(Namespace namespace, Contender contender) {
    var topics = new ArrayList<TopicSpec>();
    for (Topic topic :
        List.of(Topic.ENRICHED_CLICKS, Topic.REJECTED_CLICKS, Topic.ROLLUP_PARTIALS)) {
      topics.add(topic.spec(namespace, TopicLayout.LOCAL));
    }
    topics.add(Topic.ofView(Job.URL_CLICK_COUNTS, namespace, TopicLayout.LOCAL));
    for (String topic : contender.furtherTopics()) {
      topics.add(Topic.ofView(topic, namespace, TopicLayout.LOCAL));
    }
    return topics;
  }

  /** A group that was not left ends some seconds later. */
  private void deleteGroups(String prefix) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_GOODBYE.toNanos();
    while (true) {
      try {
        List<String> groups =
            admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .filter(group -> group.startsWith(prefix))
                .toList();
        admin.deleteConsumerGroups(groups).all().get();
        return;
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof GroupNotEmptyException)
            || System.nanoTime() > deadline) {
          throw new IllegalStateException("the group of the last run stays", failure);
        }
        Thread.sleep(200);
      }
    }
  }

  private void deleteTopics(String prefix, String kept) throws InterruptedException {
    try {
      Set<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(prefix) && !topic.equals(kept))
              .collect(Collectors.toSet());
      admin.deleteTopics(topics).all().get();
      while (admin.listTopics().names().get().stream().anyMatch(topics::contains)) {
        Thread.sleep(50);
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the topics of the last run stay", failure);
    }
  }

  @Override
  public void close() {
    cluster.close();
    admin.close();
    kafka.close();
  }
}
