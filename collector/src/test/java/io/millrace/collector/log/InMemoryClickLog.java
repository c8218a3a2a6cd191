package io.millrace.collector.log;

import io.millrace.model.ClickEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that keeps its events, and that can be told to be full, away or silent. */
public final class InMemoryClickLog implements ClickLog {
  /** How the log behaves. */
  public enum Mood {
    WRITING,
    FULL,
    FAILING,
    /** Takes events and never says so. */
    SILENT
  }

  private final List<ClickEvent> events = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WRITING;

  public void become(Mood newMood) {
    mood = newMood;
  }

  public List<ClickEvent> events() {
    return List.copyOf(events);
  }

  public ClickEvent onlyEvent() {
    if (events.size() != 1) {
      throw new AssertionError("expected one event, there are " + events.size());
    }
    return events.getFirst();
  }

  @Override
  public AppendResult append(List<ClickEvent> added, Duration patience) {
    return switch (mood) {
      case WRITING -> {
        events.addAll(added);
        yield new AppendResult.Acknowledged();
      }
      case FULL -> new AppendResult.Unavailable(AppendResult.Cause.FULL);
      case FAILING -> new AppendResult.Unavailable(AppendResult.Cause.FAILED);
      case SILENT -> outwait(patience);
    };
  }

  private static AppendResult outwait(Duration patience) {
    try {
      Thread.sleep(patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new AppendResult.Unavailable(AppendResult.Cause.LATE);
  }

  @Override
  public void close() {}
}
