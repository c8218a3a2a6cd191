package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UsageTest {

  @Test
  void readsALineInKibibytes() {
    List<String> lines = List.of("Rss:      2048 kB", "Pss:      1024 kB", "Pss_Anon:  512 kB");

    assertThat(Usage.bytes(lines, "Pss:")).isEqualTo(1024 * 1024);
  }

  @Test
  void missesALineThatIsNotThere() {
    assertThatThrownBy(() -> Usage.bytes(List.of(), "Pss:"))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("Pss:");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThatOfThisProcess() throws IOException {
    Usage usage = Usage.of(ProcessHandle.current());

    assertThat(usage.cpu()).isPositive();
    assertThat(usage.proportional()).isPositive().isLessThanOrEqualTo(usage.resident());
  }
}
