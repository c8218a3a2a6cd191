package io.millrace.server.sql;

import io.millrace.server.report.Reply;
import io.millrace.server.report.ViewClient;
import io.millrace.server.report.ViewOutline;
import java.util.List;

/**
 * The views of the server, for completion and for {@code \d}, asked for when they are first wanted
 * and again after a statement that may have changed them. For one thread.
 */
final class KnownViews {
  private final ViewClient client;
  private List<ViewTable> views = List.of();
  private boolean areCurrent;

  KnownViews(ViewClient client) {
    this.client = client;
  }

  /** They may have changed. */
  void forget() {
    areCurrent = false;
  }

  /** Asks again. */
  Reply<List<ViewTable>> refresh() throws InterruptedException {
    return switch (client.views()) {
      case Reply.Answered<List<ViewOutline>>(List<ViewOutline> outlines) -> {
        views = outlines.stream().map(ViewTable::of).toList();
        areCurrent = true;
        yield new Reply.Answered<>(views);
      }
      case Reply.Unanswered<List<ViewOutline>>(String reason) -> new Reply.Unanswered<>(reason);
    };
  }

  /** The views, or those of before where nobody answers. */
  List<ViewTable> latest() {
    if (!areCurrent) {
      try {
        var _ = refresh();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return views;
  }
}
