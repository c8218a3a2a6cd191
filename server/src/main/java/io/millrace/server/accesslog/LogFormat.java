package io.millrace.server.accesslog;

import java.util.List;

/** How the lines of an access log are laid out. */
public enum LogFormat {
  /** Found out from the first lines. */
  AUTO,
  /** {@link #COMMON} and then the referrer and the user agent, each in quotes. */
  COMBINED,
  /** Address, identity, user, time, request, status, bytes. */
  COMMON;

  /** How many lines {@link #detect} wants to see. */
  static final int LINES_TO_DETECT = 20;

  /**
   * The format of a log that begins with these lines: combined if most of those that can be read at
   * all have a referrer and an agent.
   */
  static LogFormat detect(List<RawLine> firstLines) {
    long combined = readable(firstLines, COMBINED);
    long common = readable(firstLines, COMMON);
    return combined * 2 >= common ? COMBINED : COMMON;
  }

  private static long readable(List<RawLine> lines, LogFormat format) {
    var parser = new LogLineParser(format);
    return lines.stream().filter(line -> parser.parse(line) instanceof LogLine.Request).count();
  }
}
