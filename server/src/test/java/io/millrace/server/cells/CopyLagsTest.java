package io.millrace.server.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.streams.OwnCells.ChangelogPosition;
import io.millrace.views.Completeness.Lag;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyLagsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CopyLags lags = new CopyLags();

  private void look(long second, long position, long end) {
    lags.look(Map.of(3, new ChangelogPosition(position, end)), second * SECOND);
  }

  private static Optional<Lag> lag(long records, long seconds) {
    return Optional.of(new Lag(records, Optional.of(Duration.ofSeconds(seconds))));
  }

  @Test
  void aCopyThatHasAllButTheMarkOfTheLastTransactionIsNotBehind() {
    look(1, 99, 100);

    assertThat(lags.lag(3)).isEqualTo(lag(0, 0));
    assertThat(lags.lag(2)).isEmpty();
  }

  @Test
  void tellsHowLongAgoACopyHadEverything() {
    look(1, 100, 100);
    look(2, 100, 140);
    look(3, 120, 140);
    look(4, 150, 190);

    // At second 3 the log ended at 140, which it has by now.
    assertThat(lags.lag(3)).isEqualTo(lag(39, 1));
  }

  @Test
  void doesNotKnowTheTimeOfACopyThatNeverHadEverything() {
    look(1, 10, 100);
    look(2, 20, 200);

    assertThat(lags.lag(3)).isEqualTo(Optional.of(new Lag(179, Optional.empty())));
  }

  @Test
  void forgetsCopiesThatAreGone() {
    look(1, 10, 100);
    lags.look(Map.of(), 2 * SECOND);

    assertThat(lags.lag(3)).isEmpty();
  }

  @Test
  void growsOlderWhileNobodySaysHowFarCopiesAre() {
    look(1, 100, 100);
    look(2, 100, 140);
    lags.lookInVain(5 * SECOND);

    assertThat(lags.lag(3)).isEqualTo(lag(39, 4));
  }
}
