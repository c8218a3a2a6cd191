package io.millrace.server.report;

import io.millrace.model.SiteId;
import io.millrace.model.control.AccessToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** All tokens as a table, without anything that could be used as one. */
public record TokenReport(List<AccessToken> tokens, Instant now) {
  private static final int LONGEST_NAME = 40;

  public TokenReport {
    tokens = List.copyOf(tokens);
  }

  public String render() {
    var text = new StringBuilder("  id          role      valid until           name, sites\n");
    for (AccessToken token : tokens) {
      text.append(
          "  %-10s  %-8s  %-20s  %s, %s%n"
              .formatted(
                  token.id(),
                  token.role().label(),
                  end(token),
                  SafeText.of(token.name(), LONGEST_NAME),
                  sites(token)));
    }
    return text.toString();
  }

  private String end(AccessToken token) {
    String end =
        token.expires().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    if (end.isEmpty()) {
      return "it is revoked";
    }
    return token.isValidAt(now) ? end : "expired";
  }

  private static String sites(AccessToken token) {
    return token
        .sites()
        .map(some -> some.stream().map(SiteId::value).sorted().collect(Collectors.joining(" ")))
        .orElse("all sites");
  }
}
