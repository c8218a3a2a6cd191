package io.millrace.server.accesslog;

import java.nio.file.Path;

/**
 * What to import.
 *
 * @param file an access log, plain or compressed with gzip
 * @param host of the site the log is of, such as {@code shop.example} or {@code localhost:8000}
 * @param all whether requests that are no page requests become events too
 */
public record ImportRequest(Path file, LogFormat format, String host, boolean all) {

  public ImportRequest {
    if (host.isBlank() || !host.chars().allMatch(ImportRequest::canStandInHost)) {
      throw new IllegalArgumentException(
          "host: \"" + host + "\" is not a host name such as shop.example, with or without a port");
    }
  }

  private static boolean canStandInHost(int each) {
    return Character.isLetterOrDigit(each) || "-._:[]".indexOf(each) >= 0;
  }
}
