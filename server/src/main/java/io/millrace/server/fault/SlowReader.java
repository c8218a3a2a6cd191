package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that asks for a stream and reads it slowly, or not at all: a browser whose machine
 * sleeps, a program that hangs. Its buffers are small, so that the sender soon has nowhere to
 * write.
 *
 * <p>Safe for use by several threads; reads in one of its own.
 */
public final class SlowReader implements AutoCloseable {

  private static final int BUFFER_BYTES = 4_096;
  private static final int PIECES_A_SECOND = 10;
  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final int READ_MILLISECONDS = 100;
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final Socket socket;
  private final AtomicLong read = new AtomicLong();
  private final Thread thread;
  private volatile boolean isSlow = true;
  private volatile boolean isEnded;

  private SlowReader(Socket socket, int bytesPerSecond) {
    this.socket = socket;
    thread =
        Thread.ofVirtual()
            .name("slow-reader")
            .start(
                () -> {
                  if (bytesPerSecond > 0) {
                    readSlowly(bytesPerSecond);
                  }
                });
  }

  /**
   * Connects and asks.
   *
   * @param server that streams
   * @param request the whole request as it goes over the wire
   * @param bytesPerSecond how quickly it reads; 0 to read nothing, ever
   */
  public static SlowReader open(InetSocketAddress server, String request, int bytesPerSecond) {
    var socket = new Socket();
    try {
      socket.setReceiveBufferSize(BUFFER_BYTES);
      socket.setSoTimeout(READ_MILLISECONDS);
      socket.connect(server, CONNECT_MILLISECONDS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new SlowReader(socket, bytesPerSecond);
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED,
          "Cannot read from %s: %s.".formatted(server, problem.getMessage()),
          problem);
    }
  }

  /** A request for a stream by GET, as {@link #open} takes it. */
  public static String get(String pathAndQuery) {
    return "GET " + pathAndQuery + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  }

  /** How much it has read. */
  public long bytesRead() {
    return read.get();
  }

  /** Whether the server has ended the stream, as far as it has read. */
  public boolean isEnded() {
    return isEnded;
  }

  /**
   * Reads on as quickly as it can, for so long, to find out whether the server has ended the stream
   * behind what is still on its way.
   */
  public boolean endsWithin(Duration patience) {
    stopReadingSlowly();
    long deadline = System.nanoTime() + patience.toNanos();
    byte[] chunk = new byte[BUFFER_BYTES];
    try {
      InputStream stream = socket.getInputStream();
      while (!isEnded && System.nanoTime() - deadline < 0) {
        readSome(stream, chunk);
      }
    } catch (IOException reset) {
      isEnded = true;
    }
    return isEnded;
  }

  @Override
  public void close() {
    stopReadingSlowly();
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      isEnded = true;
    }
  }

  private void readSlowly(int bytesPerSecond) {
    byte[] piece = new byte[Math.max(1, bytesPerSecond / PIECES_A_SECOND)];
    try {
      InputStream stream = socket.getInputStream();
      while (isSlow && !isEnded) {
        readSome(stream, piece);
        Thread.sleep(1_000L * piece.length / bytesPerSecond);
      }
    } catch (IOException reset) {
      isEnded = true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void readSome(InputStream stream, byte[] into) throws IOException {
    try {
      int bytes = stream.read(into);
      if (bytes < 0) {
        isEnded = true;
      } else {
        read.addAndGet(bytes);
      }
    } catch (SocketTimeoutException nothingNow) {
      // Perhaps later.
    }
  }

  /** Not by an interrupt, which would close the socket of a virtual thread. */
  private void stopReadingSlowly() {
    isSlow = false;
    try {
      thread.join(JOIN_LIMIT);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
