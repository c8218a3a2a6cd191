package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final Deadline deadline =
      new Deadline(context, Duration.ofMillis(100), passed::incrementAndGet);

  @Test
  void passesOnceForManyReasons() {
    deadline.set();
    deadline.set();
    assertThat(context.scheduledPunctuators()).hasSize(1);

    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);

    assertThat(passed).hasValue(1);
    assertThat(context.scheduledPunctuators().getFirst().cancelled()).isTrue();
  }

  @Test
  void isSetAnewAfterItHasPassedOrWasCancelled() {
    deadline.set();
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
    deadline.set();
    deadline.cancel();
    deadline.cancel();
    deadline.set();

    assertThat(context.scheduledPunctuators())
        .extracting(MockProcessorContext.CapturedPunctuator::cancelled)
        .containsExactly(true, true, false);
    assertThat(passed).hasValue(1);
  }
}
