package io.millrace.collector.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that is replaced when it cannot go on.
 *
 * <p>A producer outlives any outage of its brokers, but after a few errors, such as a right to
 * write that was taken away for a moment, it fails every later record until the process is
 * restarted. A new one does as well as the restart. Safe for any number of threads; the replacing
 * has a thread of its own, since the producer's must not wait.
 */
final class RenewableProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RenewableProducer.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Producer<byte[], byte[]>> factory;
  private final Duration pause;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Producer<byte[], byte[]> current;

  /**
   * Makes the first producer at once.
   *
   * @param pause at least between two producers, so that a lasting error does not spin
   */
  RenewableProducer(Supplier<Producer<byte[], byte[]>> factory, Duration pause) {
    this.factory = factory;
    this.pause = pause;
    this.current = factory.get();
  }

  Producer<byte[], byte[]> current() {
    return current;
  }

  /** Looks at why a record was not written, and begins to replace the producer if it must be. */
  void noteFailure(Exception failure) {
    if (isFinal(failure) && renewing.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("error", failure.getClass().getSimpleName())
          .log("The producer cannot go on; replacing it");
      Thread.ofVirtual().name("collector-producer-renewal").start(this::renew);
    }
  }

  private static boolean isFinal(Exception failure) {
    return failure instanceof ClusterAuthorizationException
        || failure instanceof ProducerFencedException
        || failure instanceof UnsupportedVersionException;
  }

  private void renew() {
    try {
      Thread.sleep(pause);
      Producer<byte[], byte[]> broken = current;
      current = factory.get();
      broken.close(Duration.ZERO);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (KafkaException failure) {
      LOG.atWarn()
          .setCause(failure)
          .log("Cannot make a new producer; the next failure tries again");
    } finally {
      renewing.set(false);
    }
  }

  @Override
  public void close() {
    current.close(CLOSE_PATIENCE);
  }
}
