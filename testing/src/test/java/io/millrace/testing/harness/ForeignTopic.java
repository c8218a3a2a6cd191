package io.millrace.testing.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** A compacted topic that belongs to somebody else, who may do to it what he likes. */
public final class ForeignTopic implements AutoCloseable {
  private final Admin admin;
  private final ForeignProducer producer;
  private final String name;

  public ForeignTopic(String bootstrapServers, String name) {
    this.name = name;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    producer = new ForeignProducer(bootstrapServers);
  }

  public ForeignTopic make(int partitions) throws ExecutionException, InterruptedException {
    return make(partitions, "compact");
  }

  public ForeignTopic make(int partitions, String cleanupPolicy)
      throws ExecutionException, InterruptedException {
    admin
        .createTopics(
            List.of(
                new NewTopic(name, partitions, (short) 1)
                    .configs(Map.of("cleanup.policy", cleanupPolicy))))
        .all()
        .get();
    return this;
  }

  public void put(String key, String value) throws ExecutionException, InterruptedException {
    put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  public void put(String key, byte[] value) throws ExecutionException, InterruptedException {
    producer.send(name, key, value);
  }

  public void delete(String key) throws ExecutionException, InterruptedException {
    producer.sendNull(name, key);
  }

  public void deleteWhole() throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(name)).all().get();
  }

  public void growTo(int partitions) throws ExecutionException, InterruptedException {
    admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
  }

  /** Moves the beginning of a partition to its end. */
  public void deleteRecords(int partition) throws ExecutionException, InterruptedException {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(-1)))
        .all()
        .get();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
