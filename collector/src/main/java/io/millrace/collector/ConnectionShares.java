package io.millrace.collector;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.millrace.collector.limit.Shares;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of an address that has its share of them, before anything of them is read, so
 * that no client takes the place of all others. Connections of the others are handed on. Safe for
 * any number of threads.
 */
final class ConnectionShares implements ServerConnectionSelector {
  private static final Logger log = LoggerFactory.getLogger(ConnectionShares.class);
  private static final long NANOS_BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

  private final ServerConnectionSelector protocol;
  private final Shares shares;
  private final Predicate<InetAddress> isOneClient;
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_LINES);

  /**
   * Counts connections.
   *
   * @param protocol that those are handed to which may stay
   * @param isOneClient whether an address stands for one client, whose connections count
   */
  ConnectionShares(
      ServerConnectionSelector protocol, Shares shares, Predicate<InetAddress> isOneClient) {
    this.protocol = protocol;
    this.shares = shares;
    this.isOneClient = isOneClient;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return protocol.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return protocol.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return protocol.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Optional<Object> client = client(context);
    if (client.isEmpty()) {
      return protocol.connection(context);
    }
    if (!shares.take(client.get())) {
      tell();
      throw new CloseConnectionException("this address has its share of connections");
    }
    try {
      return new Counted(protocol.connection(context), client.get());
    } catch (RuntimeException refused) {
      shares.giveBack(client.get());
      throw refused;
    }
  }

  private Optional<Object> client(ConnectionContext context) {
    return shares.areUnlimited()
            || !(context.remotePeer().address() instanceof InetSocketAddress peer)
            || peer.getAddress() == null
            || !isOneClient.test(peer.getAddress())
        ? Optional.empty()
        : Optional.of(ClientAddress.networkOf(peer.getAddress()));
  }

  private void tell() {
    closed.incrementAndGet();
    long now = System.nanoTime();
    long told = lastTold.get();
    if (now - told >= NANOS_BETWEEN_LINES && lastTold.compareAndSet(told, now)) {
      log.atWarn()
          .addKeyValue("closed", closed.getAndSet(0))
          .log("Connections were closed of addresses that have max-connections-per-address");
    }
  }

  /** One that counts until it has ended. */
  private final class Counted implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection connection;
    private final Object client;

    Counted(ServerConnection connection, Object client) {
      this.connection = connection;
      this.client = client;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        connection.handle(limit);
      } finally {
        shares.giveBack(client);
      }
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
