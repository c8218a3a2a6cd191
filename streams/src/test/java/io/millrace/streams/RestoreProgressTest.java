package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
  private static final TopicPartition ONE = new TopicPartition("cells-changelog", 0);
  private static final TopicPartition OTHER = new TopicPartition("cells-changelog", 1);

  private long now = 1_000;
  private final RestoreProgress progress = new RestoreProgress(() -> now);

  @Test
  void nothingRemainsBeforeAnythingIsRestored() {
    assertThat(progress.remaining()).isZero();
    assertThat(progress.restored()).isZero();
  }

  @Test
  void tellsWhatRemainsOfAllChangelogs() {
    // Given
    progress.onRestoreStart(ONE, "cells", 100, 1_100);
    progress.onRestoreStart(OTHER, "cells", 0, 500);

    // When some offsets had no record
    progress.onBatchRestored(ONE, "cells", 400, 250);

    // Then
    assertThat(progress.remaining()).isEqualTo(700 + 500);
    assertThat(progress.restored()).isEqualTo(250);
  }

  @Test
  void whatHasEndedOrMovedAwayDoesNotRemain() {
    // Given
    progress.onRestoreStart(ONE, "cells", 0, 1_000);
    progress.onRestoreStart(OTHER, "cells", 0, 500);
    progress.onBatchRestored(ONE, "cells", 998, 900);

    // When
    progress.onRestoreEnd(ONE, "cells", 900);
    progress.onRestoreSuspended(OTHER, "cells", 0);

    // Then
    assertThat(progress.remaining()).isZero();
    assertThat(progress.restored()).isEqualTo(900);
  }

  @Test
  void tellsTheTimeInWhichAnythingIsRestored() {
    // Given two at once for 30, with 10 and 20 of their own
    progress.onRestoreStart(ONE, "cells", 0, 1_000);
    now += 10;
    progress.onRestoreStart(OTHER, "cells", 0, 500);
    now += 30;
    progress.onRestoreEnd(ONE, "cells", 900);
    now += 20;
    assertThat(progress.time()).isEqualTo(Duration.ofNanos(60));
    progress.onRestoreEnd(OTHER, "cells", 500);

    // When nothing is restored for a while, and then something for 5
    now += 1_000;
    progress.onRestoreStart(ONE, "cells", 900, 950);
    now += 5;
    progress.onRestoreEnd(ONE, "cells", 50);

    // Then
    assertThat(progress.time()).isEqualTo(Duration.ofNanos(65));
  }
}
