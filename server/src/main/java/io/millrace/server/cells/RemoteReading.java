package io.millrace.server.cells;

import io.millrace.model.instance.InstanceDirectory.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers of several instances at once, piece by piece as they come. A thread for each instance
 * reads ahead by a few pieces; one thread takes them.
 */
final class RemoteReading implements AutoCloseable {
  private static final int READ_AHEAD = 8;

  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(READ_AHEAD);
  private final List<Asking> askings = new ArrayList<>();

  /** What comes of an instance. */
  sealed interface Piece {
    Member member();

    /** A piece of its answer. */
    record Frame(Member member, CellFrame frame) implements Piece {}

    /** It has answered all. */
    record Done(Member member) implements Piece {}

    /** It does not answer, or not to the end. */
    record Failed(Member member, Exception cause) implements Piece {}
  }

  /** Asks one more. */
  void ask(RemoteCells cells, Member member, CellRequest request) {
    var asking = new Asking(cells, member, request);
    askings.add(asking);
    asking.thread = Thread.ofVirtual().name("remote-cells").start(asking);
  }

  /** The next piece of anybody's; empty where none comes in time. */
  Optional<Piece> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Ends what still goes on. */
  @Override
  public void close() {
    askings.forEach(Asking::stop);
  }

  /** One instance that is asked. */
  private final class Asking implements Runnable {
    private final RemoteCells cells;
    private final Member member;
    private final CellRequest request;
    private volatile RemoteCells.@Nullable Answer answer;
    private volatile boolean isStopped;
    private @Nullable Thread thread;

    Asking(RemoteCells cells, Member member, CellRequest request) {
      this.cells = cells;
      this.member = member;
      this.request = request;
    }

    @Override
    public void run() {
      try {
        Piece last;
        try (RemoteCells.Answer opened = cells.ask(member, request)) {
          answer = opened;
          last = readAll(opened);
        } catch (IOException | RuntimeException failure) {
          last = new Piece.Failed(member, failure);
        }
        pieces.put(last);
      } catch (InterruptedException stopped) {
        // Nobody takes what it has any longer.
      }
    }

    private Piece readAll(RemoteCells.Answer opened) throws IOException, InterruptedException {
      while (!isStopped) {
        CellFrame frame = opened.next();
        if (frame instanceof CellFrame.End) {
          break;
        }
        pieces.put(new Piece.Frame(member, frame));
      }
      return new Piece.Done(member);
    }

    void stop() {
      isStopped = true;
      RemoteCells.Answer opened = answer;
      if (opened != null) {
        opened.close();
      }
      Thread reading = thread;
      if (reading != null) {
        reading.interrupt();
      }
    }
  }
}
