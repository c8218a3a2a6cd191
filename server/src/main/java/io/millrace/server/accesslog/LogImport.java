package io.millrace.server.accesslog;

import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.server.sender.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Imports one access log: reads it as a stream, turns its lines into events and sends these in the
 * order of the log. What is wrong with a line is counted and told, and never ends the import; only
 * a damaged file or a collector that does not answer does.
 *
 * <p>For one thread, which it blocks. Holds one request's worth of events in memory.
 */
public final class LogImport {
  private static final int EVENTS_AT_ONCE = 1_000;

  private final ImportRequest request;
  private final EventSender sender;
  private final Consumer<ImportProgress> progress;
  private final ImportCounts counts = new ImportCounts();
  private final List<OutgoingEvent> events = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();

  /**
   * @param progress told after each request
   */
  public LogImport(ImportRequest request, EventSender sender, Consumer<ImportProgress> progress) {
    this.request = request;
    this.sender = sender;
    this.progress = progress;
  }

  /**
   * Imports the file, once.
   *
   * @throws IOException if the file cannot be opened or nothing of it can be read; a file that is
   *     damaged further on is imported up to there, and the tally says so
   */
  public ImportTally run() throws IOException, InterruptedException {
    try (LogFile file = LogFile.open(request.file())) {
      List<RawLine> firstLines = firstLines(file);
      LogFormat format =
          request.format() == LogFormat.AUTO ? LogFormat.detect(firstLines) : request.format();
      if (!firstLines.isEmpty()) {
        importLines(file, firstLines, format);
      }
      return counts.tally(format);
    }
  }

  private static List<RawLine> firstLines(LogFile file) throws IOException {
    var lines = new ArrayList<RawLine>();
    while (lines.size() < LogFormat.LINES_TO_DETECT) {
      Optional<RawLine> line = file.next();
      if (line.isEmpty()) {
        break;
      }
      lines.add(line.get());
    }
    return lines;
  }

  private void importLines(LogFile file, List<RawLine> firstLines, LogFormat format)
      throws IOException, InterruptedException {
    var ids = new LineIds(firstLines.getFirst().bytes());
    var parser = new LogLineParser(format);
    var translation = new LogEvents(format, request.host(), request.all(), ids);
    for (RawLine line : firstLines) {
      take(line, parser.parse(line), translation);
    }
    Optional<RawLine> next = nextOf(file);
    while (next.isPresent()) {
      RawLine line = next.get();
      take(line, parser.parse(line), translation);
      if (events.size() >= EVENTS_AT_ONCE) {
        send();
        tell(file);
      }
      next = nextOf(file);
    }
    send();
    tell(file);
  }

  /** The next line to import, or empty at the end of the file or after a failure. */
  private Optional<RawLine> nextOf(LogFile file) {
    if (counts.hasFailed()) {
      return Optional.empty();
    }
    try {
      return file.next();
    } catch (IOException damaged) {
      counts.failed(0, String.valueOf(damaged.getMessage()));
      return Optional.empty();
    }
  }

  private void take(RawLine line, LogLine understood, LogEvents translation) {
    switch (understood) {
      case LogLine.Malformed malformed -> counts.malformed(line.number(), malformed.reason());
      case LogLine.Request found -> {
        Optional<OutgoingEvent> event = translation.eventOf(line, found);
        if (event.isEmpty()) {
          counts.skipped();
        } else {
          counts.happened(found.time());
          events.add(event.get());
          lines.add(line.number());
        }
      }
    }
  }

  private void send() throws InterruptedException {
    Delivery delivery = sender.send(events);
    counts.accepted(delivery.accepted());
    for (Refusal refusal : delivery.refused()) {
      counts.refused(lines.get(refusal.index()), described(refusal));
    }
    if (delivery instanceof Delivery.Incomplete incomplete) {
      counts.failed(incomplete.unanswered(), incomplete.reason());
    }
    events.clear();
    lines.clear();
  }

  private static String described(Refusal refusal) {
    return refusal.field().isEmpty() ? refusal.reason() : refusal.field() + ": " + refusal.reason();
  }

  private void tell(LogFile file) throws IOException {
    progress.accept(
        new ImportProgress(
            file.bytesRead(), file.size(), file.linesRead(), counts.acceptedSoFar()));
  }
}
