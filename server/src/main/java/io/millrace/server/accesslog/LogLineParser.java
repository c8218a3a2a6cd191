package io.millrace.server.accesslog;

import java.time.Instant;
import java.util.Optional;

/**
 * Understands lines of the common and combined log formats of Apache httpd, nginx and others.
 *
 * <p>Written by hand rather than as one regular expression, because it can then say what is wrong
 * with a line, and because no line, however hostile, takes longer than its length. Any bytes are
 * tolerated inside quotes. What follows the last known field after a space is ignored: many servers
 * add fields of their own there.
 *
 * <p>Safe for use by several threads.
 */
public final class LogLineParser {
  private final LogFormat format;

  /**
   * @param format not {@link LogFormat#AUTO}, which has to be resolved first
   */
  public LogLineParser(LogFormat format) {
    if (format == LogFormat.AUTO) {
      throw new IllegalArgumentException("format: auto is to be detected from a log's first lines");
    }
    this.format = format;
  }

  LogLine parse(RawLine line) {
    return line.complete()
        ? parse(line.bytes())
        : new LogLine.Malformed("the line is longer than %,d bytes".formatted(LineReader.LONGEST));
  }

  /** What a line, without its line end, says. */
  public LogLine parse(byte[] line) {
    if (line.length == 0) {
      return new LogLine.Malformed("the line is empty");
    }
    var cursor = new LineCursor(line);
    String address = address(cursor);
    cursor.word("the identity");
    cursor.skipToBracket("the user");
    Instant time = time(cursor);
    RequestLine request = RequestLine.parse(cursor.quoted("the request"));
    int status = status(cursor);
    long bytes = bytes(cursor);
    boolean combined = format == LogFormat.COMBINED;
    String referrer = combined ? text(cursor.quoted("the referrer")) : "";
    String agent = combined ? text(cursor.quoted("the user agent")) : "";
    if (!cursor.problem().isEmpty()) {
      return new LogLine.Malformed(cursor.problem());
    }
    return new LogLine.Request(
        address,
        time,
        request.method(),
        request.target(),
        request.protocol(),
        status,
        bytes,
        referrer,
        agent);
  }

  private static String address(LineCursor cursor) {
    String address = cursor.word("the address");
    if (cursor.problem().isEmpty() && !ClientNetwork.isAddressOrHost(address)) {
      cursor.fail("the first field is neither an IP address nor a host name");
    }
    return address;
  }

  private static Instant time(LineCursor cursor) {
    Optional<Instant> time = LogTime.parse(cursor.bracketed("the time"));
    if (time.isEmpty()) {
      cursor.fail("the time is not of the form 17/May/2015:10:05:03 +0000");
    }
    return time.orElse(Instant.EPOCH);
  }

  private static int status(LineCursor cursor) {
    String status = cursor.word("the status");
    if (status.length() != 3 || !isNumber(status) || status.charAt(0) == '0') {
      cursor.fail("the status is not a number of three digits");
      return 0;
    }
    return Integer.parseInt(status);
  }

  private static long bytes(LineCursor cursor) {
    String bytes = cursor.word("the number of bytes");
    if (bytes.equals("-")) {
      return 0;
    }
    if (bytes.length() > 18 || !isNumber(bytes)) {
      cursor.fail("the number of bytes is neither a number nor -");
      return 0;
    }
    return Long.parseLong(bytes);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9');
  }

  private static String text(byte[] bytes) {
    String text = LogText.of(bytes);
    return text.equals("-") ? "" : text;
  }
}
