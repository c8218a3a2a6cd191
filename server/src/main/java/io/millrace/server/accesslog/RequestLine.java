package io.millrace.server.accesslog;

/**
 * The first line of an HTTP request, such as {@code GET /index.html HTTP/1.1}, as far as there is
 * one: clients also send nothing, other protocols' bytes, targets with spaces, and no protocol.
 *
 * @param method the first word, if there is a second
 * @param target everything between method and protocol, see {@link LogText#urlOf}
 * @param protocol the last word, if it begins with {@code HTTP/}
 */
record RequestLine(String method, String target, String protocol) {

  static RequestLine parse(byte[] line) {
    String text = LogText.of(line);
    if (text.isEmpty() || text.equals("-")) {
      return new RequestLine("", "", "");
    }
    int firstSpace = indexOfSpace(line);
    int lastSpace = lastIndexOfSpace(line);
    String last = text.substring(text.lastIndexOf(' ') + 1);
    boolean hasProtocol = lastSpace >= 0 && last.startsWith("HTTP/");
    int targetBegin = firstSpace + 1;
    int targetEnd = hasProtocol ? Math.max(targetBegin, lastSpace) : line.length;
    return new RequestLine(
        text.substring(0, Math.max(0, text.indexOf(' '))),
        LogText.urlOf(line, targetBegin, targetEnd),
        hasProtocol ? last : "");
  }

  private static int indexOfSpace(byte[] line) {
    for (int at = 0; at < line.length; at++) {
      if (line[at] == ' ') {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOfSpace(byte[] line) {
    int at = line.length - 1;
    while (at >= 0 && line[at] != ' ') {
      at--;
    }
    return at;
  }
}
