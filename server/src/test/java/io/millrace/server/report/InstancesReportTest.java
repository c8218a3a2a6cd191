package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesReportTest {

  private static InstancesReport report(String json) throws IOException {
    return InstancesReport.of(new ObjectMapper().readTree(json.replace('\'', '"')));
  }

  @Test
  void showsWhoDoesWhat() throws Exception {
    InstancesReport report =
        report(
            """
            {'partitions':4,'without_processor':[3],'instances':[
             {'name':'a:1','version':'7','roles':['processor','query'],'away':false,'heard_seconds_ago':0.3,
              'active':[0,1,2],'copies':[{'partition':3,'lag_records':1200,'lag_ms':null}]},
             {'name':'b:1','version':'7','roles':['processor'],'away':true,'heard_seconds_ago':31.4,
              'active':[3],'copies':[{'partition':0,'lag_records':0,'lag_ms':0}]}]}
            """);

    assertThat(report.render())
        .isEqualTo(
            """
              instance             roles          state  active            copies  version
              a:1       processor, query        present     0-2  3 (1,200 behind)        7
              b:1              processor  away for 31 s       3                 0        7

            NOT WHOLE: nobody works on the partitions 3
            """);
  }

  @Test
  void saysThatAllCanBeRead() throws Exception {
    assertThat(report("{'partitions':4,'without_processor':[],'instances':[]}").verdict())
        .isEqualTo("whole: each of 4 partitions of cells is worked on");
  }

  @Test
  void writesNumbersInARowAsARange() {
    assertThat(InstancesReport.ranges(List.of())).isEmpty();
    assertThat(InstancesReport.ranges(List.of(1, 2, 3, 5, 8, 9))).isEqualTo("1-3, 5, 8-9");
  }
}
