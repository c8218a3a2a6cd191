package io.millrace.server.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.views.Completeness.Lag;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellRoutingTest {
  private final InstanceDirectory directory = new InstanceDirectory(Duration.ofSeconds(10));
  private final Set<String> silent = new HashSet<>();
  private final CellRouting routing =
      new CellRouting(directory, "self", member -> !silent.contains(member.instance()));
  private long order;

  private void says(String instance, Set<Integer> active, Announcement.Copy... copies) {
    directory.apply(
        new Announcement(
            instance, instance, "", Set.of("processor"), "1", active, List.of(copies), List.of()),
        order++,
        0);
  }

  private List<String> places(boolean isHere, Optional<Lag> ownCopy, boolean mayBeCopy) {
    return routing.places(1, isHere, ownCopy, mayBeCopy, 0).stream()
        .map(
            place ->
                switch (place) {
                  case Place.Here() -> "here";
                  case Place.CopyHere(Lag lag) -> "copy here, behind by " + lag.records();
                  case Place.There(var member) -> member.instance();
                  case Place.CopyThere(var member) -> "copy of " + member.instance();
                })
        .toList();
  }

  @Test
  void readsHereWhatIsHereAlsoBeforeAnybodyWasTold() {
    says("other", Set.of(1));

    assertThat(places(true, Optional.empty(), false)).containsExactly("here", "other");
  }

  @Test
  void doesNotBelieveItselfOnceAnotherHasTakenOver() {
    says("self", Set.of(1));
    says("other", Set.of(1));
    says("self", Set.of(1));

    assertThat(places(true, Optional.empty(), false)).containsExactly("other");
  }

  @Test
  void believesItselfWhereItTookOver() {
    says("other", Set.of(1));
    says("self", Set.of(1));

    assertThat(places(true, Optional.empty(), false)).containsExactly("here", "other");
  }

  @Test
  void asksNobodyWhoDoesNotAnswer() {
    says("other", Set.of(1));
    silent.add("other");

    assertThat(places(false, Optional.empty(), true)).isEmpty();
  }

  @Test
  void takesCopiesLastAndThoseThatAreLeastBehindFirst() {
    says("far", Set.of(), new Announcement.Copy(1, 90, -1));
    says("near", Set.of(), new Announcement.Copy(1, 2, -1));
    says("owner", Set.of(1));

    var own = Optional.of(new Lag(10, Optional.empty()));
    assertThat(places(false, own, true))
        .containsExactly("owner", "copy of near", "copy here, behind by 10", "copy of far");
    assertThat(places(false, own, false)).containsExactly("owner");
  }

  @Test
  void readsItsOwnCopyWhereItIsAsGoodAsAnother() {
    says("same", Set.of(), new Announcement.Copy(1, 10, -1));

    var own = Optional.of(new Lag(10, Optional.empty()));
    assertThat(places(false, own, true)).containsExactly("copy here, behind by 10", "copy of same");
  }
}
