package io.millrace.collector;

import io.millrace.collector.event.Judgement;
import io.millrace.collector.event.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a request, before it is put into the words of a protocol. */
sealed interface Receipt {
  AnswerCode code();

  /**
   * Each event was judged, and those accepted are in the log.
   *
   * @param judgements in the order the events came, at least one
   */
  record Judged(List<Judgement> judgements) implements Receipt {
    public Judged {
      judgements = List.copyOf(judgements);
    }

    /** Accepted if any event is; else what they have in common, or that they are invalid. */
    @Override
    public AnswerCode code() {
      if (accepted() > 0) {
        return AnswerCode.ACCEPTED;
      }
      Set<AnswerCode> codes =
          refusals().stream()
              .map(refusal -> AnswerCode.of(refusal.kind()))
              .collect(Collectors.toSet());
      return codes.size() == 1 ? codes.iterator().next() : AnswerCode.INVALID;
    }

    int accepted() {
      return (int) judgements.stream().filter(Judgement.Accepted.class::isInstance).count();
    }

    List<Refusal> refusals() {
      return judgements.stream()
          .filter(Judgement.Refused.class::isInstance)
          .map(judgement -> ((Judgement.Refused) judgement).refusal())
          .toList();
    }
  }

  /** The request as a whole was turned away; none of its events is known to be in the log. */
  record TurnedAway(AnswerCode code, String message) implements Receipt {
    /** There is no memory for it beside those that wait already. */
    static final TurnedAway NO_ROOM =
        new TurnedAway(AnswerCode.UNAVAILABLE, "too many requests are waiting");
  }
}
