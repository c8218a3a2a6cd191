package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  private final PipedOutputStream parentsEnd = new PipedOutputStream();
  private final CompletableFuture<String> noticed = new CompletableFuture<>();

  @BeforeEach
  void watch() throws IOException {
    ParentWatch.start(
        new PipedInputStream(parentsEnd),
        () -> noticed.complete("asked"),
        () -> noticed.complete("gone"));
  }

  @Test
  void noticesThatTheParentAsksForAnEnd() throws Exception {
    assertThat(noticed).isNotDone();

    parentsEnd.write('.');
    parentsEnd.flush();

    assertThat(noticed.get(10, TimeUnit.SECONDS)).isEqualTo("asked");
  }

  @Test
  void noticesThatTheParentIsGone() throws Exception {
    parentsEnd.close();

    assertThat(noticed.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
  }
}
