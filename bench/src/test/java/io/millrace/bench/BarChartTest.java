package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarChartTest {

  @Test
  void drawsTheLargestWidestAndTheOthersInProportion() {
    String text = new BarChart("cost").bar("a", 10).bar("long", 5).text();

    assertThat(text)
        .isEqualTo(
            "cost\n  a     " + "█".repeat(50) + " 10.0\n  long  " + "█".repeat(25) + " 5.0\n");
  }

  @Test
  void drawsWhatIsBelowNothingAsNothing() {
    assertThat(new BarChart("cost").bar("a", -1).text()).isEqualTo("cost\n  a   0.0\n");
  }
}
