package io.millrace.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connections that do as good as nothing, as many as wanted at a time: one that is cut is followed
 * by another. They come at an even pace, and so go at one: neither what they send nor what becomes
 * of them is at one moment. All of them are kept by one thread, which is cheap, since the client
 * shares the cores with the server.
 *
 * <p>Begun and ended by one thread.
 */
final class SlowConnections implements AutoCloseable {
  private static final long TICK_MILLIS = 10;
  private static final byte DRIP = 'a';
  private static final Duration DRIP_INTERVAL = Duration.ofSeconds(1);

  /** In which all of them are opened; a little less than the server lets them live. */
  private static final Duration FILLING = Duration.ofSeconds(7);

  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(100);

  private final URI server;
  private final List<SlowClient> kinds;
  private final int wanted;
  private final Selector selector;
  private final Map<SlowClient, Tally> tallies = new EnumMap<>(SlowClient.class);
  private final List<Connection> open = new ArrayList<>();
  private final ByteBuffer scratch = ByteBuffer.allocate(1024);
  private final Thread thread = new Thread(this::run, "slow-connections");
  private int opened;
  private final long begun = System.nanoTime();
  private volatile boolean isWatched;
  private volatile boolean isClosed;
  private int leastOpen = Integer.MAX_VALUE;
  private int mostOpen;

  /**
   * What became of the connections of one kind.
   *
   * @param cuts times from the connection to its cut; nothing if none was cut
   * @param oldest age of those that were still open at the end
   */
  record Cuts(SlowClient kind, int opened, int failed, Optional<Sample> cuts, Duration oldest) {

    int cut() {
      return cuts.map(Sample::size).orElse(0);
    }

    /** The longest that any lived. */
    Duration longest() {
      Duration longest = cuts.map(Sample::max).orElse(Duration.ZERO);
      return longest.compareTo(oldest) > 0 ? longest : oldest;
    }
  }

  /** Of one kind, while it goes on. */
  private static final class Tally {
    private int opened;
    private int failed;
    private Duration oldest = Duration.ZERO;
    private final List<Duration> cuts = new ArrayList<>();
  }

  private static final class Connection {
    private final SlowClient kind;
    private final SocketChannel channel;
    private final long since = System.nanoTime();
    private long lastDrip = since;

    Connection(SlowClient kind, SocketChannel channel) {
      this.kind = kind;
      this.channel = channel;
    }

    Duration age() {
      return Duration.ofNanos(System.nanoTime() - since);
    }

    boolean isToDrip(long now) {
      return kind.drips() && now - lastDrip >= DRIP_INTERVAL.toNanos() && channel.isConnected();
    }
  }

  private SlowConnections(URI server, List<SlowClient> kinds, int wanted) throws IOException {
    this.server = server;
    this.kinds = kinds;
    this.wanted = wanted;
    this.selector = Selector.open();
    kinds.forEach(kind -> tallies.put(kind, new Tally()));
  }

  /**
   * Begins to open them.
   *
   * @param kinds of which there are about as many of each
   * @param wanted at the same time
   */
  static SlowConnections open(URI server, List<SlowClient> kinds, int wanted) throws IOException {
    var connections = new SlowConnections(server, kinds, wanted);
    connections.thread.start();
    return connections;
  }

  /** From now on it is kept in mind how many there are. */
  void watch() {
    isWatched = true;
  }

  private void run() {
    while (!isClosed) {
      try {
        refill();
        var _ = selector.select(this::onReady, TICK_MILLIS);
        drip();
        open.removeIf(connection -> !connection.channel.isOpen());
        count();
      } catch (IOException failure) {
        throw new IllegalStateException("the selector failed", failure);
      }
    }
    open.forEach(this::leave);
  }

  private void refill() throws IOException {
    while (opened < mayBeOpened() && open.size() < wanted) {
      SlowClient kind = kinds.get(opened++ % kinds.size());
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      var connection = new Connection(kind, channel);
      open.add(connection);
      tally(kind).opened++;
      try {
        boolean isConnected =
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        var _ =
            channel.register(
                selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection);
        if (isConnected) {
          begin(connection);
        }
      } catch (IOException refused) {
        tally(kind).failed++;
        channel.close();
      }
    }
  }

  /** All that have been until now, at the pace at which they come. */
  private long mayBeOpened() {
    long interval = Math.min(FILLING.toNanos() / wanted, LONGEST_INTERVAL.toNanos());
    return (System.nanoTime() - begun) / interval;
  }

  private void onReady(SelectionKey key) {
    if (!(key.attachment() instanceof Connection connection)) {
      throw new IllegalStateException("a key without its connection");
    }
    try {
      if (key.isConnectable()) {
        var _ = connection.channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        begin(connection);
      } else if (connection.channel.read(scratch.clear()) < 0) {
        cut(connection);
      }
    } catch (IOException reset) {
      cut(connection);
    }
  }

  private void begin(Connection connection) throws IOException {
    // A few bytes always have room in an empty buffer of the kernel.
    var _ = connection.channel.write(ByteBuffer.wrap(connection.kind.opening(server)));
  }

  private void drip() {
    long now = System.nanoTime();
    for (Connection connection : open) {
      if (connection.isToDrip(now)) {
        connection.lastDrip = now;
        try {
          var _ = connection.channel.write(ByteBuffer.wrap(new byte[] {DRIP}));
        } catch (IOException reset) {
          cut(connection);
        }
      }
    }
  }

  private void cut(Connection connection) {
    tally(connection.kind).cuts.add(connection.age());
    close(connection);
  }

  private void leave(Connection connection) {
    Tally tally = tally(connection.kind);
    if (connection.age().compareTo(tally.oldest) > 0) {
      tally.oldest = connection.age();
    }
    close(connection);
  }

  private static void close(Connection connection) {
    try {
      connection.channel.close();
    } catch (IOException alreadyGone) {
      // It is gone, which is what was wanted.
    }
  }

  private void count() {
    if (isWatched) {
      leastOpen = Math.min(leastOpen, open.size());
      mostOpen = Math.max(mostOpen, open.size());
    }
  }

  private Tally tally(SlowClient kind) {
    return tallies.computeIfAbsent(kind, unknown -> new Tally());
  }

  /** What became of them; after they were closed. */
  List<Cuts> cuts() {
    return kinds.stream().map(kind -> cuts(kind, tally(kind))).toList();
  }

  private static Cuts cuts(SlowClient kind, Tally tally) {
    return new Cuts(
        kind,
        tally.opened,
        tally.failed,
        tally.cuts.isEmpty() ? Optional.empty() : Optional.of(Sample.of(tally.cuts)),
        tally.oldest);
  }

  /** The least there were at a time since they were watched; after they were closed. */
  int leastOpen() {
    return leastOpen;
  }

  int mostOpen() {
    return mostOpen;
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
