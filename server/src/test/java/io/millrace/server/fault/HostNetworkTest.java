package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HostNetworkTest {

  private HostNetwork network;
  private AgentOnHost one;
  private AgentOnHost two;
  private AgentOnHost three;

  @BeforeAll
  void makeNetwork() throws IOException {
    Optional<String> missing = HostNetwork.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    network = HostNetwork.create(3);
    one = AgentOnHost.start(network.hosts().get(0));
    two = AgentOnHost.start(network.hosts().get(1));
    three = AgentOnHost.start(network.hosts().get(2));
  }

  @AfterAll
  void removeNetwork() throws IOException {
    if (network != null) {
      one.close();
      two.close();
      three.close();
      network.close();
      network.close();
      assertThat(namespacesOf(ProcessHandle.current().pid())).isEmpty();
    }
  }

  @Test
  void joinsHostsAndClients() throws IOException {
    assertThat(one.isReachedByClients()).isTrue();
    assertThat(one.reaches(two)).isTrue();
    assertThat(two.reaches(one)).isTrue();
  }

  @Test
  void cutsAHostFromItsPeersAloneOrFromAll() throws IOException {
    Fault cut = network.cutFromPeers(network.hosts().get(0));
    cut.inject();
    cut.inject();
    assertThat(one.isReachedByClients()).isTrue();
    assertThat(one.reaches(one)).isTrue();
    assertThat(two.reaches(one)).isFalse();
    assertThat(three.reaches(two)).isTrue();
    cut.heal();
    assertThat(two.reaches(one)).isTrue();

    try (Fault isolation = network.isolated(network.hosts().get(0));
        Fault otherCut = network.cutFromPeers(network.hosts().get(1))) {
      isolation.inject();
      otherCut.inject();
      assertThat(one.isReachedByClients()).isFalse();
      assertThat(one.reaches(one)).isTrue();
      assertThat(two.isReachedByClients()).isTrue();
      isolation.heal();
      assertThat(one.isReachedByClients()).isTrue();
      assertThat(three.reaches(two)).isFalse();
    }
    assertThat(three.reaches(two)).isTrue();
  }

  @Test
  void cutsOneWayOnly() throws IOException {
    try (Fault mute = network.mute(network.hosts().get(0))) {
      mute.inject();
      assertThat(two.heardOf(one, 20)).isZero();
      assertThat(one.heardOf(two, 20)).isEqualTo(20);
    }
    try (Fault deaf = network.deaf(network.hosts().get(0))) {
      deaf.inject();
      assertThat(one.heardOf(two, 20)).isZero();
      assertThat(two.heardOf(one, 20)).isEqualTo(20);
    }
  }

  @Test
  void losesAboutSoManyPackets() throws IOException {
    try (Fault loss = network.lossy(10)) {
      assertThat(two.heardOf(one, 100)).isEqualTo(100);
      loss.inject();
      // Ten standard deviations about 1,800.
      assertThat(two.heardOf(one, 2_000)).isBetween(1_665, 1_935);
    }
  }

  @Test
  void slowsALineDown() throws IOException {
    try (Fault slow = network.slow(network.hosts().get(0), 4)) {
      slow.inject();
      long start = System.nanoTime();
      one.echo(1 << 20);
      // 8.4 Mbit at 4 Mbit/s take 2 s, less what a bucket holds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void removesWhatAKilledProcessHasLeft() throws Exception {
    // Given
    Process other =
        new ProcessBuilder("sh", "-c", "ip netns add millrace-$$-abcdef-switch").start();
    assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(namespacesOf(other.pid())).hasSize(1);

    // When
    HostNetwork.create(1).close();

    // Then
    assertThat(namespacesOf(other.pid())).isEmpty();
    assertThat(namespacesOf(ProcessHandle.current().pid())).hasSize(4);
  }

  private static List<Path> namespacesOf(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/run/netns"))) {
      return files.filter(file -> file.toString().contains("/millrace-" + pid + "-")).toList();
    }
  }
}
