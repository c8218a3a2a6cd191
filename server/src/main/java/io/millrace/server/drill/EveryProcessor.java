package io.millrace.server.drill;

import io.millrace.server.drill.proof.AnsweredCell;
import io.millrace.server.drill.proof.Check;
import io.millrace.server.drill.proof.Evidence;
import io.millrace.server.drill.proof.ViewsAnswer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks processors for the views until each has agreed with the oracle: one that is right says
 * nothing of another. For one thread.
 */
final class EveryProcessor {

  /** Somebody who can be asked for all views. */
  interface Witness {
    List<AnsweredCell> ask() throws IOException, InterruptedException;
  }

  /** Time that goes by. */
  interface Pause {
    void take() throws InterruptedException;
  }

  private EveryProcessor() {}

  /**
   * The evidence with an answer that agrees once all do, or else with the latest of one that does
   * not.
   *
   * @param witnesses by name, at least one
   * @param isTimeLeft whether to ask again those that do not agree yet
   */
  static Evidence withAnswer(
      Evidence evidence, Map<String, Witness> witnesses, BooleanSupplier isTimeLeft, Pause pause)
      throws InterruptedException {
    Map<String, Witness> asked = new LinkedHashMap<>(witnesses);
    Map<String, Evidence> disagreeing = new LinkedHashMap<>();
    Evidence agreeing = evidence;
    while (true) {
      for (Map.Entry<String, Witness> each : List.copyOf(asked.entrySet())) {
        String name = each.getKey();
        Evidence answered = answered(evidence, name, each.getValue(), disagreeing.get(name));
        if (Check.VIEWS.examine(answered).passed()) {
          agreeing = answered;
          asked.remove(name);
          disagreeing.remove(name);
        } else {
          disagreeing.put(name, answered);
        }
      }
      if (asked.isEmpty()) {
        return agreeing;
      }
      if (!isTimeLeft.getAsBoolean()) {
        return worst(disagreeing);
      }
      pause.take();
    }
  }

  /** An answer says more than that none came, however late. */
  private static Evidence answered(
      Evidence evidence, String name, Witness witness, @Nullable Evidence before)
      throws InterruptedException {
    try {
      return evidence.withAnswer(ViewsAnswer.of(name, witness.ask()));
    } catch (IOException notNow) {
      return before == null
          ? evidence.withAnswer(ViewsAnswer.none(name, String.valueOf(notNow.getMessage())))
          : before;
    }
  }

  /** A wrong answer rather than none. */
  private static Evidence worst(Map<String, Evidence> disagreeing) {
    return disagreeing.values().stream()
        .filter(each -> each.answer().silence().isEmpty())
        .findFirst()
        .orElseGet(() -> disagreeing.values().iterator().next());
  }
}
