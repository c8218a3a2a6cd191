package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Waits for brokers that were started: until each listens, and then until the cluster counts them
 * all. It looks at the ports first because a Kafka client complains in the log of each connection
 * that is refused.
 */
final class Readiness {

  private static final int REQUEST_MILLISECONDS = 2_000;

  private final List<LocalBroker> brokers;
  private final OwnClient client;

  Readiness(List<LocalBroker> brokers, OwnClient client) {
    this.brokers = brokers;
    this.client = client;
  }

  void await(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    for (LocalBroker broker : brokers) {
      while (!listens(broker)) {
        checkUnready(timeout, deadline);
      }
    }
    Admin admin = client.open(REQUEST_MILLISECONDS);
    try {
      while (members(admin) < brokers.size()) {
        checkUnready(timeout, deadline);
      }
    } finally {
      OwnClient.close(admin);
    }
  }

  private void checkUnready(Duration timeout, Deadline deadline) {
    for (LocalBroker broker : brokers) {
      broker.death().ifPresent(Readiness::failFor);
    }
    for (LocalBroker broker : brokers) {
      if (broker.isStopped()) {
        throw new ServerException(
            ServerError.BROKER_NOT_READY,
            "Kafka broker %d is stopped. Start it first.".formatted(broker.id()));
      }
    }
    if (deadline.passed()) {
      throw new ServerException(
          ServerError.BROKER_NOT_READY,
          "Kafka was not ready within %d s. Its log is %s; a machine under load needs longer: try again."
              .formatted(timeout.toSeconds(), brokers.getFirst().logFile()));
    }
    Deadline.pause();
  }

  private static void failFor(BrokerDeath death) {
    if (death.isPortTaken()) {
      throw new ServerException(
          ServerError.PORT_TAKEN,
          "A port of Kafka broker %d is in use. Stop what listens there, or name another port. Details: %s"
              .formatted(death.broker(), death.log()));
    }
    throw new ServerException(ServerError.BROKER_DIED, death.message());
  }

  private static boolean listens(LocalBroker broker) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(broker.host()), broker.clientPort()),
          REQUEST_MILLISECONDS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static int members(Admin admin) {
    try {
      return admin
          .describeCluster()
          .nodes()
          .get(REQUEST_MILLISECONDS, TimeUnit.MILLISECONDS)
          .size();
    } catch (ExecutionException | TimeoutException notYet) {
      return 0;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a broker", stop);
    }
  }
}
