package io.millrace.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.drill.EveryProcessor.Witness;
import io.millrace.server.drill.proof.AnsweredCell;
import io.millrace.server.drill.proof.Check;
import io.millrace.server.drill.proof.Evidence;
import io.millrace.server.drill.proof.EvidenceBuilder;
import io.millrace.server.drill.proof.Finding;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EveryProcessorTest {
  private static final int ROUNDS = 3;

  private final Evidence evidence = EvidenceBuilder.right();
  private final Witness right = () -> evidence.answer().rows();
  private final Witness wrong = () -> withWrongNumber(evidence.answer().rows());
  private final Witness silent =
      () -> {
        throw new IOException("connection refused");
      };

  @Test
  void allOfThemMustAgree() throws Exception {
    assertThat(asked("processor-1", right, "processor-2", right).passed()).isTrue();
  }

  @Test
  void oneThatIsRightDoesNotHideOneThatIsWrong() throws Exception {
    Finding finding = asked("processor-1", right, "processor-2", wrong);

    assertThat(finding.wrong()).isEqualTo(1);
    assertThat(finding.examples().getFirst()).startsWith("processor-2: ");
    assertThat(asked("processor-1", wrong, "processor-2", right).examples().getFirst())
        .startsWith("processor-1: ");
  }

  @Test
  void oneThatNeverAnswersIsAFault() throws Exception {
    Finding finding = asked("processor-1", right, "processor-2", silent);

    assertThat(finding.passed()).isFalse();
    assertThat(finding.examples())
        .containsExactly("processor-2 did not answer: connection refused");
  }

  @Test
  void aWrongAnswerSaysMoreThanNone() throws Exception {
    assertThat(asked("processor-1", silent, "processor-2", wrong).examples().getFirst())
        .startsWith("processor-2: ");
  }

  @Test
  void oneMayAgreeLater() throws Exception {
    Deque<Witness> turns = new ArrayDeque<>(List.of(silent, wrong, right));

    assertThat(asked("processor-1", () -> turns.remove().ask(), "processor-2", right).passed())
        .isTrue();
  }

  private Finding asked(String first, Witness one, String second, Witness other)
      throws InterruptedException {
    Map<String, Witness> witnesses = new LinkedHashMap<>();
    witnesses.put(first, one);
    witnesses.put(second, other);
    int[] rounds = {0};
    return Check.VIEWS.examine(
        EveryProcessor.withAnswer(evidence, witnesses, () -> ++rounds[0] < ROUNDS, () -> {}));
  }

  private static List<AnsweredCell> withWrongNumber(List<AnsweredCell> rows) {
    return rows.stream()
        .map(row -> new AnsweredCell(row.key(), Map.of("events", BigDecimal.valueOf(99))))
        .toList();
  }
}
