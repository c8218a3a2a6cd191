package io.millrace.server.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.drill.proof.LedgerEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final PlannedEvent event = new EventPlan("run", 1, InstantSource.system()).next();

  @Test
  void tellsHowManyWaitAndForHowLong() {
    ledger.sent(List.of(event));
    long sentAt = ledger.entries().getFirst().sentAt();

    assertThat(ledger.unacknowledged(sentAt + 34_000))
        .isEqualTo(new Unacknowledged(1, Duration.ofSeconds(34)));
    assertThat(ledger.unacknowledged(sentAt + 34_000).text())
        .isEqualTo("1 events wait for their acknowledgement, the first for 34 s");

    ledger.acknowledged(List.of(event), sentAt + 40_000);
    assertThat(ledger.unacknowledged(sentAt + 50_000))
        .isEqualTo(new Unacknowledged(0, Duration.ZERO));
  }

  @Test
  void anEventThatIsSentWhenItIsForgottenMayBeCountedAgain() {
    ledger.sent(List.of(event));
    ledger.sent(List.of(event));
    assertThat(ledger.entries()).extracting(LedgerEntry::allowed).containsExactly(1);

    ledger.sent(List.of(event), 2);
    assertThat(ledger.entries()).extracting(LedgerEntry::allowed).containsExactly(2);
    assertThat(ledger.entries()).extracting(LedgerEntry::sends).containsExactly(3);
  }
}
