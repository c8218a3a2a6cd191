package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditReportTest {
  @Test
  void alignsPartitionsAndTheirSum() throws IOException {
    Audit audit = audit(true, 0, partition(0, 1_010, 0), partition(11, 20, 0));

    assertThat(new AuditReport(audit).render())
        .isEqualTo(
            """
              partition  accepted  processed  counted  duplicate  bot  late  invalid  difference
              0             1,010      1,010    1,000          1    2     3        4           0
              11               20         20       10          1    2     3        4           0
              total         1,030      1,030    1,010          2    4     6        8           0

            balanced: every accepted event has exactly one outcome
            """);
    assertThat(audit.hasSettled(audit)).isTrue();
  }

  @Test
  void saysWhatIsPending() throws IOException {
    Audit audit = audit(true, 1_200, partition(0, 20, 0));

    assertThat(new AuditReport(audit).verdict())
        .isEqualTo("balanced so far: 1,200 accepted events have no outcome yet");
  }

  @Test
  void saysWhichPartitionsDiffer() throws IOException {
    Audit audit = audit(false, 0, partition(0, 20, 0), partition(1, 20, -5));

    assertThat(new AuditReport(audit).verdict())
        .isEqualTo("NOT BALANCED: partition 1 differs by -5");
  }

  @Test
  void hasNotSettledWhileWhatIsCommittedIsOlderThanTheAccounts() {
    var processedLater = new Audit.Partition(0, 20, 15, 20, Map.of(Outcome.COUNTED, 20L), 0, true);
    var audit = new Audit(true, "", 20, 15, 5, List.of(processedLater));

    assertThat(audit.hasSettled(audit)).isFalse();
  }

  static Audit audit(boolean balanced, long pending, String... partitions) throws IOException {
    String json =
        """
        {"balanced":%s,"time":"2026-11-01T00:00:00Z","accepted":1030,"processed":1030,
         "pending":%d,"partitions":[%s]}"""
            .formatted(balanced, pending, String.join(",", partitions));
    return AuditReader.read(new ObjectMapper().readTree(json));
  }

  static String partition(int number, long events, long difference) {
    return """
        {"partition":%d,"accepted":%d,"processed":%d,"accounted":%d,"difference":%d,
         "outcomes":{"counted":%d,"duplicate":1,"bot":2,"late":3,"invalid":4}}"""
        .formatted(number, events, events, events - difference, difference, events - 10);
  }
}
