package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.SiteId;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events that came too late are counted when somebody says so, once however often it is said. */
@Timeout(300)
class ReadmitIT {
  private static final String KEY = "a-key-without-permissions";

  @Test
  void lateEventsAreCountedOnceHoweverOftenTheyAreReadmitted(@TempDir Path folder)
      throws Exception {
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // Given
      var site = new SiteId(RunningInstance.SITE);
      millrace.local().admit(site, RunningInstance.SITE, KEY, Set.of());
      Instant longAgo = Instant.now().minus(Duration.ofDays(4));
      millrace.http().postEvents(KEY, TestEvent.now("1", "/").json());
      millrace.http().postEvents(KEY, new TestEvent("2", "v", "/old", longAgo).json());
      millrace.http().postEvents(KEY, new TestEvent("3", "v", "/old", longAgo).json());
      assertThat(millrace.awaitAccounted(3).outcome("late")).isEqualTo(2);

      // When
      assertThat(readmit(millrace)).contains("2 late events were sent in again");
      BooksAnswer once = millrace.awaitAccounted(5);
      assertThat(readmit(millrace)).contains("2 late events");
      BooksAnswer twice = millrace.awaitAccounted(7);

      // Then
      assertThat(once.outcome("counted")).isEqualTo(3);
      assertThat(twice.outcome("counted")).isEqualTo(3);
      assertThat(twice.outcome("duplicate")).isEqualTo(2);
      assertThat(twice.balanced()).as(twice.text()).isTrue();
    }
  }

  private static String readmit(RunningInstance millrace) {
    try (ChildJvm readmit =
        ChildJvm.millrace(
            "readmit", "--reason", "late", "--kafka", millrace.local().bootstrapServers())) {
      assertThat(readmit.awaitExit(Duration.ofMinutes(1)))
          .as(readmit.output() + readmit.errors())
          .isZero();
      return readmit.output();
    }
  }
}
