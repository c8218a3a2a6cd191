package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.SiteDirectory;
import io.millrace.model.control.WriteKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyReportTest {
  private static final String OPEN = WriteKey.hash("open");
  private static final String BOUND = WriteKey.hash("bound");

  @Test
  void namesKeysThatAreGoodByTheBeginningOfTheirHash() {
    var directory = new SiteDirectory();
    directory.apply(new ControlCommand.IssueKey(OPEN, new SiteId("a"), Set.of()));
    directory.apply(new ControlCommand.LimitKey(BOUND, Set.of("https://b.example")));
    directory.apply(
        new ControlCommand.IssueKey(BOUND, new SiteId("b"), Set.of(Permission.ON_BEHALF)));
    directory.apply(
        new ControlCommand.IssueKey(WriteKey.hash("gone"), new SiteId("gone"), Set.of()));
    directory.apply(new ControlCommand.RevokeKey(WriteKey.hash("gone")));

    assertThat(new KeyReport(directory.keys()).render())
        .contains(OPEN.substring(0, 12) + "  a, write alone, all origins")
        .contains(BOUND.substring(0, 12) + "  b, on-behalf, https://b.example")
        .doesNotContain("gone")
        .doesNotContain(OPEN);
  }
}
