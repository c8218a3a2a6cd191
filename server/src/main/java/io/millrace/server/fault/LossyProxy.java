package io.millrace.server.fault;

import io.millrace.server.ExitSequence;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a service of HTTP on this machine, and does to their connections what
 * the way between them may do. Above all it loses answers: the service has accepted what the client
 * must send again.
 *
 * <p>A request is what a client sends before something comes back, and an answer is what comes back
 * then: that holds for clients which wait for each answer before they send on. One kind of fault at
 * a time. Safe for use by several threads; each connection has two of its own.
 */
public final class LossyProxy implements AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int BACKLOG = 1_000;
  private static final ProxyBehaviour HONEST = new ProxyBehaviour.Honest();

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong lostAnswers = new AtomicLong();
  private final AtomicLong cutRequests = new AtomicLong();
  private volatile ProxyBehaviour behaviour = HONEST;

  private LossyProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Starts one before a service, on a free port of 127.0.0.1; honest so far. */
  public static LossyProxy before(InetSocketAddress target) {
    try {
      var proxy = new LossyProxy(new ServerSocket(0, BACKLOG, LOOPBACK), target);
      ExitSequence.add(proxy);
      Thread.ofVirtual().name("lossy-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED, "Cannot listen: %s.".formatted(problem.getMessage()), problem);
    }
  }

  /** Where clients connect to. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** One in so many answers never arrives: the connection ends in its place. */
  public Fault losingAnswers(int oneIn) {
    return behaving(
        "one in %d answers lost".formatted(oneIn), new ProxyBehaviour.LosesAnswers(oneIn));
  }

  /** Every answer comes later by so much. */
  public Fault delayingAnswers(Duration delay) {
    return behaving(
        "answers %d ms late".formatted(delay.toMillis()), new ProxyBehaviour.DelaysAnswers(delay));
  }

  /** One in so many requests ends after so many bytes, if it has as many. */
  public Fault cuttingRequests(int oneIn, int afterBytes) {
    return behaving(
        "one in %d requests cut after %d bytes".formatted(oneIn, afterBytes),
        new ProxyBehaviour.CutsRequests(oneIn, afterBytes));
  }

  /** Requests trickle in at so many bytes a second. */
  public Fault tricklingRequests(int bytesPerSecond) {
    return behaving(
        "requests at %d bytes/s".formatted(bytesPerSecond),
        new ProxyBehaviour.TricklesRequests(bytesPerSecond));
  }

  /** How many answers of success were lost so far: each says that something was accepted. */
  public long lostAnswers() {
    return lostAnswers.get();
  }

  /** How many requests were cut so far. */
  public long cutRequests() {
    return cutRequests.get();
  }

  /** Ends all connections, and listens no more. */
  @Override
  public void close() {
    try {
      ExitSequence.remove(this);
      listener.close();
      connections.forEach(ProxiedConnection::close);
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED, "Cannot close: %s.".formatted(problem.getMessage()), problem);
    }
  }

  ProxyBehaviour behaviour() {
    return behaviour;
  }

  /** Whether the answer that begins now is one to lose. */
  boolean isLost(ProxyBehaviour.LosesAnswers rule, boolean isSuccess) {
    boolean isLost = answers.incrementAndGet() % rule.oneIn() == 0;
    if (isLost && isSuccess) {
      lostAnswers.incrementAndGet();
    }
    return isLost;
  }

  /** Whether the request that begins now is one to cut. */
  boolean isToCut(ProxyBehaviour.CutsRequests rule) {
    return requests.incrementAndGet() % rule.oneIn() == 0;
  }

  void countCut() {
    cutRequests.incrementAndGet();
  }

  void forget(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private Fault behaving(String description, ProxyBehaviour other) {
    return new FaultSwitch(description, () -> behaviour = other, () -> behaviour = HONEST);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        var connection = new ProxiedConnection(this, client, new Socket());
        connections.add(connection);
        connection.start(target);
      } catch (IOException closed) {
        // The listener is closed, or the client has gone before it was accepted.
      }
    }
  }
}
