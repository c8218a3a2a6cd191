package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  private static final RestartPolicy POLICY =
      new RestartPolicy(seconds(1), seconds(10), seconds(60), 6);

  @Test
  void waitsTwiceAsLongAfterEachEndThatCameSoonAndGivesUpInTheEnd() {
    var restarts = new BrokerRestarts(POLICY);
    var pauses = new ArrayList<Optional<Duration>>();

    for (int end = 1; end <= 7; end++) {
      pauses.add(restarts.afterEnd(seconds(59)));
    }

    assertThat(pauses)
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(2, 4, 8, 10, 10, 10).map(s -> Optional.of(seconds(s))),
                    Stream.of(Optional.<Duration>empty()))
                .toList());
  }

  @Test
  void startsAnewWithAShortPauseWhenTheBrokerHadRunForAWhile() {
    var restarts = new BrokerRestarts(POLICY);
    for (int end = 1; end <= 6; end++) {
      restarts.afterEnd(seconds(1));
    }

    assertThat(restarts.afterEnd(seconds(60))).contains(seconds(1));
    assertThat(restarts.afterEnd(seconds(1))).contains(seconds(2));
  }

  @Test
  void neverMeansNever() {
    assertThat(RestartPolicy.NEVER.pauseAfter(0)).isEmpty();
    assertThat(RestartPolicy.NEVER.pauseAfter(1)).isEmpty();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new RestartPolicy(seconds(2), seconds(1), seconds(1), 1))
        .hasMessageContaining("first is PT2S");
    assertThatThrownBy(() -> new RestartPolicy(seconds(-1), seconds(1), seconds(1), 1))
        .hasMessageContaining("first is PT-1S");
    assertThatThrownBy(() -> new RestartPolicy(seconds(1), seconds(1), seconds(-1), 1))
        .hasMessageContaining("steady is PT-1S");
    assertThatThrownBy(() -> new RestartPolicy(seconds(1), seconds(1), seconds(1), -1))
        .hasMessageContaining("attempts is -1");
    var hosting = new Hosting(List.of(BrokerPlace.HERE), RestartPolicy.NEVER);
    assertThatThrownBy(() -> hosting.requireFor(3)).hasMessageContaining("each of 3 brokers");
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
