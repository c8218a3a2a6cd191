package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener.SuspendReason;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class StandbyProgressTest {
  private static final TopicPartition CELLS = new TopicPartition("cells-changelog", 0);
  private static final TopicPartition VISITORS = new TopicPartition("visitors-changelog", 0);
  private static final TaskId TASK = new TaskId(0, 0);

  private final StandbyProgress progress = new StandbyProgress();

  @Test
  void tellsHowFarAllCopiesTogetherAreBehind() {
    progress.onUpdateStart(CELLS, "cells", 0);
    progress.onUpdateStart(VISITORS, "visitors", 0);
    assertThat(progress.behind()).isZero();

    progress.onBatchLoaded(CELLS, "cells", TASK, 99, 100, 150);
    progress.onBatchLoaded(VISITORS, "visitors", TASK, 9, 10, 10);
    assertThat(progress.behind()).isEqualTo(50);

    progress.onBatchLoaded(CELLS, "cells", TASK, 149, 50, 150);
    assertThat(progress.behind()).isZero();
  }

  @Test
  void aCopyThatBecameTheOriginalIsBehindNobody() {
    progress.onBatchLoaded(CELLS, "cells", TASK, 9, 10, 500);
    progress.onUpdateSuspended(CELLS, "cells", 9, 500, SuspendReason.PROMOTED);

    assertThat(progress.behind()).isZero();
  }

  @Test
  void anEndThatTheCopyHasOvertakenIsNoLead() {
    progress.onBatchLoaded(CELLS, "cells", TASK, 20, 10, 5);

    assertThat(progress.behind()).isZero();
  }
}
