package io.millrace.query.live;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One who watches a site: a queue between the hub, which never waits, and the connection's own
 * thread, which writes as fast as the other end reads.
 *
 * <p>A queue that is full means that the other end has not read for seconds. Then the reader is
 * dropped: its thread is interrupted, which closes the connection that it is stuck in.
 */
public final class LiveReader implements AutoCloseable {
  private static final int MESSAGES_WAITING = 8;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(MESSAGES_WAITING);
  private final Thread connection;
  private final LiveHub hub;
  private final SiteChannel channel;
  private volatile boolean isEnded;
  private volatile boolean isDropped;

  LiveReader(Thread connection, LiveHub hub, SiteChannel channel) {
    this.connection = connection;
    this.hub = hub;
    this.channel = channel;
  }

  SiteChannel channel() {
    return channel;
  }

  /** Hands over a message, or drops the reader that does not keep up. Called by the hub. */
  void offer(byte[] message) {
    if (!isEnded && !messages.offer(message)) {
      isDropped = true;
      isEnded = true;
      connection.interrupt();
    }
  }

  /** Ends the stream once what is waiting has been sent. */
  void end() {
    isEnded = true;
    // Without room for the mark, what is waiting is sent first and then nothing is waited for.
    var _ = messages.offer(END);
  }

  /**
   * Waits for the next message; empty when the stream ends.
   *
   * @throws InterruptedException when the reader was dropped, or the server stops
   */
  public Optional<byte[]> next() throws InterruptedException {
    if (isEnded && messages.isEmpty()) {
      return Optional.empty();
    }
    byte[] message = messages.take();
    return message.length == 0 ? Optional.empty() : Optional.of(message);
  }

  /** Whether the hub gave it up as too slow. */
  public boolean isDropped() {
    return isDropped;
  }

  @Override
  public void close() {
    isEnded = true;
    hub.leave(this);
  }
}
