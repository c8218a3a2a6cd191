package io.millrace.server.accesslog;

import io.millrace.collector.event.EventDraft;
import io.millrace.collector.event.EventLimits;
import io.millrace.collector.event.EventParser;
import io.millrace.collector.event.ParsedBody;
import io.millrace.collector.event.RefusalKind;
import io.millrace.server.sender.OutgoingEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** The way of a log's bytes to the collector, without files and sockets. */
public final class LogBytes {
  /** Longer than what a line can become, so that the length of a text is all that is refused. */
  private static final int MOST_EVENT_BYTES = 32 << 20;

  private static final EventParser COLLECTOR =
      new EventParser(new EventLimits(MOST_EVENT_BYTES, MOST_EVENT_BYTES, 1));

  private LogBytes() {}

  /** Reads them as both formats; what the import makes of a line must be an event. */
  public static void eat(byte[] bytes) throws IOException {
    eat(bytes, LogFormat.COMMON);
    eat(bytes, LogFormat.COMBINED);
  }

  private static void eat(byte[] bytes, LogFormat format) throws IOException {
    var reader = new LineReader(new ByteArrayInputStream(bytes));
    var parser = new LogLineParser(format);
    var events = new LogEvents(format, "shop.example", true, new LineIds(bytes));
    for (Optional<RawLine> line = reader.next(); line.isPresent(); line = reader.next()) {
      if (parser.parse(line.get()) instanceof LogLine.Request request) {
        requireEvent(events.eventOf(line.get(), request).orElseThrow());
      }
    }
  }

  private static void requireEvent(OutgoingEvent event) {
    switch (COLLECTOR.parse(event.json(), true)) {
      case ParsedBody.Unusable(var refusal) -> throw new AssertionError(refusal.reason());
      case ParsedBody.Drafts(var drafts) -> drafts.forEach(LogBytes::requireSound);
    }
  }

  /** A text that is too long and a time before there was a Web are refused by the collector. */
  private static void requireSound(EventDraft draft) {
    draft
        .problem()
        .filter(problem -> !problem.reason().contains("is longer than"))
        .filter(problem -> problem.kind() != RefusalKind.TIME)
        .ifPresent(
            problem -> {
              throw new AssertionError(problem.field() + " " + problem.reason());
            });
  }
}
