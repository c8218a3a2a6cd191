package io.millrace.ops;

import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.codec.Decoded;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ControlCommandCodec;
import io.millrace.model.control.Permission;
import io.millrace.model.control.SiteDirectory;
import io.millrace.model.control.TokenDirectory;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.OperationsException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link SiteDirectory} and {@link ViewDefinitions} in step with the topic control, and
 * appends commands to it. A command has its effect when it comes back from the log, here as in
 * every other process.
 *
 * <p>One thread of its own reads; any thread may append.
 */
public final class ControlLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlLog.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  private final TopicPartition partition;
  private final SiteDirectory directory = new SiteDirectory();
  private final TokenDirectory tokens = new TokenDirectory();
  private final ViewDefinitions views = new ViewDefinitions();
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Duration patience;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final Applied applied = new Applied();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean isLost;

  private ControlLog(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Namespace namespace,
      Duration patience) {
    this.consumer = consumer;
    this.producer = producer;
    this.patience = patience;
    partition = new TopicPartition(namespace.qualify(Topic.CONTROL.localName()), 0);
    thread = Thread.ofPlatform().name("control-log").daemon().unstarted(this::follow);
  }

  /**
   * Reads the log to its end, and goes on reading.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   * @throws OperationsException when the end is not reached within 30 seconds
   */
  public static ControlLog open(Map<String, String> connection, Namespace namespace) {
    var clients = new LogClients(connection);
    return open(clients.consumer("earliest"), clients.producer(TIMEOUT), namespace, TIMEOUT);
  }

  static ControlLog open(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Namespace namespace,
      Duration patience) {
    var controlLog = new ControlLog(consumer, producer, namespace, patience);
    controlLog.thread.start();
    try {
      controlLog.caughtUp.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return controlLog;
    } catch (TimeoutException | ExecutionException failure) {
      controlLog.close();
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE,
          "The topic " + controlLog.partition.topic() + " could not be read to its end",
          failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      controlLog.close();
      throw new OperationsException(Code.CLUSTER_UNAVAILABLE, "Stopped while reading", stopped);
    }
  }

  /** All sites and keys, kept up to date. */
  public SiteDirectory directory() {
    return directory;
  }

  /** All tokens, kept up to date. */
  public TokenDirectory tokens() {
    return tokens;
  }

  /** All views that are defined, kept up to date. */
  public ViewDefinitions views() {
    return views;
  }

  /** Appends a command of the program itself, and waits until it has its effect here. */
  public void append(ControlCommand command) {
    append(command, ControlHistory.BY_ITSELF);
  }

  /** Makes a site known, and a secret valid for writing to it, as far as they are not already. */
  public void admit(SiteId site, String name, String secret, Set<Permission> permissions) {
    if (directory.site(site).isEmpty()) {
      append(new ControlCommand.RegisterSite(site, name));
    }
    if (!directory.keyOf(secret).equals(Optional.of(new WriteKey(site, permissions)))) {
      append(new ControlCommand.IssueKey(WriteKey.hash(secret), site, permissions));
    }
  }

  /**
   * Appends a command, and waits until it has its effect here.
   *
   * @param by who it is from, for those who look at what was changed; no secret
   * @throws OperationsException when it has none within 30 seconds; a command that was written may
   *     still come back later
   */
  public void append(ControlCommand command, String by) {
    long deadline = System.nanoTime() + patience.toNanos();
    long offset = write(command, by, deadline);
    try {
      applied.await(offset, deadline);
    } catch (TimeoutException late) {
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE,
          "The command was written to " + partition.topic() + " and has not come back yet",
          late);
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  private long write(ControlCommand command, String by, long deadline) {
    var record =
        new ProducerRecord<>(
            partition.topic(),
            partition.partition(),
            command.entity().getBytes(StandardCharsets.UTF_8),
            ControlCommandCodec.encode(command));
    record.headers().add(ControlHistory.BY, by.getBytes(StandardCharsets.UTF_8));
    try {
      return producer.send(record).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS).offset();
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE,
          "The command could not be written to " + partition.topic(),
          failure);
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  private static OperationsException interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new OperationsException(Code.CLUSTER_UNAVAILABLE, "Stopped while writing", stopped);
  }

  /** Whether what others append still has its effect here; once it has not, it never will. */
  public boolean isFollowing() {
    return !isLost;
  }

  private void follow() {
    try (consumer) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
      while (!closed) {
        if (consumer.position(partition) >= end) {
          caughtUp.complete(null);
        }
        for (var record : consumer.poll(POLL)) {
          apply(record.value() == null ? new byte[0] : record.value(), record.offset());
        }
      }
    } catch (WakeupException stopped) {
      // Closed while reading.
    } catch (RuntimeException failure) {
      isLost = true;
      caughtUp.completeExceptionally(failure);
      log.atError().setCause(failure).log("Reading the control log ended; restart the process");
    }
  }

  private void apply(byte[] value, long offset) {
    switch (ControlCommandCodec.decode(value)) {
      case Decoded.Value<ControlCommand>(ControlCommand command) -> {
        directory.apply(command);
        tokens.apply(command);
        views.apply(command);
      }
      case Decoded.Malformed<ControlCommand>(String reason) ->
          log.atWarn()
              .addKeyValue("offset", offset)
              .addKeyValue("reason", reason)
              .log("Passed over a control command");
    }
    applied.advance(offset);
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    producer.close(Duration.ofSeconds(2));
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The latest offset that was applied, for those who wait for theirs. */
  private static final class Applied {
    private long offset = -1;

    synchronized void advance(long to) {
      offset = Math.max(offset, to);
      notifyAll();
    }

    synchronized void await(long wanted, long deadline)
        throws InterruptedException, TimeoutException {
      while (offset < wanted) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TimeoutException("the command did not come back from the log");
        }
        wait(left);
      }
    }
  }
}
