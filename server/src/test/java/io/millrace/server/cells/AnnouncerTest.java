package io.millrace.server.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.model.instance.Announcement;
import io.millrace.streams.OwnCells.ChangelogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final FakeOwnCells own = new FakeOwnCells(3);
  private final List<Announcement> said = new ArrayList<>();
  private final Announcer announcer =
      new Announcer(
          new InstanceFacts("id", "name", "http://here", Set.of("processor"), "1"),
          own,
          new CopyLags(),
          List::of,
          said::add);

  @Test
  void saysEverySecondWhatItHas() {
    announcer.look(5_000 * MILLI);
    announcer.look(5_900 * MILLI);
    announcer.look(6_000 * MILLI);

    assertThat(said).hasSize(2);
    assertThat(said.getFirst().url()).isEqualTo("http://here");
  }

  @Test
  void saysAtOnceWhatHasComeAndGone() {
    announcer.look(5_000 * MILLI);
    own.active.put(1, new StoredPartition());
    announcer.look(5_100 * MILLI);
    own.active.clear();
    announcer.look(5_200 * MILLI);

    assertThat(said)
        .extracting(each -> List.copyOf(each.active()))
        .containsExactly(List.of(), List.of(1), List.of());
  }

  @Test
  void namesOnlyThoseAsCopiesThatItDoesNotWorkOn() {
    own.active.put(1, new StoredPartition());
    own.positions.put(1, new ChangelogPosition(10, 11));
    own.positions.put(2, new ChangelogPosition(10, 20));
    announcer.lookAtCopies();
    announcer.look(5_000 * MILLI);

    assertThat(said.getLast().copies())
        .extracting(Announcement.Copy::partition, Announcement.Copy::lag)
        .containsExactly(tuple(2, 9L));
  }

  @Test
  void goesOnNamingCopiesWhileTheClusterDoesNotSayHowFarTheyAre() {
    own.positions.put(2, new ChangelogPosition(10, 20));
    announcer.lookAtCopies();
    own.areKnown = false;
    announcer.lookAtCopies();
    announcer.look(5_000 * MILLI);

    assertThat(said.getLast().copies())
        .extracting(Announcement.Copy::partition, Announcement.Copy::lag)
        .containsExactly(tuple(2, 9L));
  }
}
