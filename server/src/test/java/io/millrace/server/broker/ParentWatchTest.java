package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  @Test
  void noticesThatTheOtherEndIsClosed() throws IOException, InterruptedException {
    var parentsEnd = new PipedOutputStream();
    var ended = new CountDownLatch(1);
    ParentWatch.start(new PipedInputStream(parentsEnd), ended::countDown);
    parentsEnd.write('x');
    parentsEnd.flush();
    assertThat(ended.getCount()).isOne();

    parentsEnd.close();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
