package io.millrace.query.sql.push;

import java.util.List;

/**
 * The rows of a query over views as they change: what its channel makes of them, through a backlog.
 */
final class ViewStream implements PushStream {
  private final ViewChannel channel;
  private final PushConfig config;
  private final Backlog<ViewChange> backlog;
  private String id = "";

  ViewStream(ViewChannel channel, PushConfig config) {
    this.channel = channel;
    this.config = config;
    backlog = new Backlog<>(config.bufferRows(), config.bufferBytes());
  }

  /**
   * What a channel tells.
   *
   * @param id of the state that it leads to
   * @param bytes about how much memory its rows take
   */
  record ViewChange(PushEvent event, String id, int rows, long bytes) {}

  /** Called by the channel; never waits. */
  void add(ViewChange change) {
    backlog.add(change, change.rows(), change.bytes());
  }

  @Override
  public List<PushColumn> columns() {
    return channel.columns();
  }

  @Override
  public boolean isKeyed() {
    return channel.isKeyed();
  }

  @Override
  public PushEvent next(long mostRows) throws InterruptedException {
    return switch (backlog.take(config.heartbeat())) {
      case Backlog.Found.Item<ViewChange>(ViewChange change) -> {
        id = change.id();
        yield change.event();
      }
      case Backlog.Found.Nothing<ViewChange> _ -> new PushEvent.Nothing();
      case Backlog.Found.Overflown<ViewChange> _ -> new PushEvent.Dropped();
      case Backlog.Found.Ended<ViewChange>(PushEvent.End reason) -> reason;
    };
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void end(PushEvent.End reason) {
    backlog.end(reason);
  }

  @Override
  public void close() {
    channel.leave(this);
  }
}
