package io.millrace.testing.harness;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * What this process logs while it is open, with all values and causes. A file would be that of the
 * first instance of the process, and may be gone. Safe for any number of threads.
 */
public final class CapturedLog implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Lines lines = new Lines();

  private CapturedLog() {}

  /** Begins to listen. */
  public static CapturedLog open() {
    var log = new CapturedLog();
    log.lines.start();
    log.loggers().forEach(logger -> logger.addAppender(log.lines));
    return log;
  }

  /** Ours does not hand on to the one of all. */
  private List<Logger> loggers() {
    return List.of(context.getRootLogger(), context.getLogger("io.millrace"));
  }

  /** All of it until now. */
  public String text() {
    synchronized (lines.text) {
      return lines.text.toString();
    }
  }

  @Override
  public void close() {
    loggers().forEach(logger -> logger.removeAppender(lines));
    lines.stop();
  }

  private static final class Lines extends AbstractAppender {
    private final StringBuilder text = new StringBuilder();

    Lines() {
      super("captured-for-a-test", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      var cause = new StringWriter();
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(cause, true));
      }
      synchronized (text) {
        text.append(event.getMessage().getFormattedMessage())
            .append(' ')
            .append(event.getContextData())
            .append('\n')
            .append(cause);
      }
    }
  }
}
