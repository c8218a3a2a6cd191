package io.millrace.testing.hostile;

import java.util.List;
import java.util.stream.Stream;

/** Addresses that lead out of where files are, if anyone lets them. */
final class Traversals {
  private static final List<String> WAYS =
      List.of(
          "../../../../../../../../etc/passwd",
          "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
          "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
          "%252e%252e%252fetc%252fpasswd",
          "..%5c..%5c..%5cetc%5cpasswd",
          "..\\..\\..\\etc\\passwd",
          "..%c0%af..%c0%afetc/passwd",
          "....//....//etc/passwd",
          "/etc/passwd",
          "%2fetc%2fpasswd",
          "..;/..;/etc/passwd",
          "file:///etc/passwd",
          "../../../log4j2.xml",
          "..%2f..%2f..%2f..%2flog4j2.xml",
          "../DashboardService.class",
          "index.html%00.png",
          ".%00./etc/passwd");

  private Traversals() {}

  static List<String> targets() {
    return Stream.of("/assets/", "/sample/", "/api/v1/views/", "/", "/health/", "/v1/")
        .flatMap(root -> WAYS.stream().map(way -> root + way))
        .toList();
  }
}
