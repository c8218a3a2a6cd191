package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowStateTest {
  private static final Optional<Set<Integer>> FIRST = Optional.of(Set.of(0));

  @Test
  void tellsOnlyWhatHasChanged() {
    var state = new RowState(FIRST, 10);
    state.update(List.of(List.of("a", 1), List.of("b", 1), List.of("c", 1)));
    long seen = state.version();

    assertThat(state.update(List.of(List.of("b", 1), List.of("a", 2)))).isTrue();

    assertThat(state.since(seen))
        .contains(new PushEvent.Rows(List.of(List.of("a", 2)), List.of(List.of("c", 1))));
    assertThat(state.update(List.of(List.of("a", 2), List.of("b", 1)))).isFalse();
    assertThat(state.since(state.version())).contains(new PushEvent.Rows(List.of(), List.of()));
  }

  @Test
  void doesNotKnowWhatItHasForgottenOrNeverSaw() {
    var state = new RowState(FIRST, 1);
    state.update(List.of(List.of("a", 1), List.of("b", 1)));
    long seen = state.version();
    state.update(List.of());

    assertThat(state.since(seen)).isEmpty();
    assertThat(state.since(state.version() + 1)).isEmpty();
    assertThat(state.since(state.version())).isPresent();
  }

  /** Rows are pairs of a small key and a small value. */
  @Property(tries = 500)
  void changesSinceAnyVersionLeadToTheLatestWithAKey(
      @ForAll @Size(min = 1, max = 8)
          List<@Size(max = 5) List<@IntRange(min = 0, max = 20) Integer>> looks) {
    var state = new RowState(FIRST, 1_000);
    var seen = new HashMap<Long, Map<Object, List<Object>>>();
    for (List<Integer> look : looks) {
      var byKey = new HashMap<Object, List<Object>>();
      look.forEach(each -> byKey.put(each / 4, List.of(each / 4, each % 4)));
      state.update(List.copyOf(byKey.values()));
      seen.put(state.version(), byKey);
    }
    Map<Object, List<Object>> latest = seen.get(state.version());

    seen.forEach(
        (version, rows) -> {
          var client = new HashMap<>(rows);
          PushEvent.Rows changes = state.since(version).orElseThrow();
          changes.gone().forEach(row -> client.remove(row.getFirst()));
          changes.rows().forEach(row -> client.put(row.getFirst(), row));
          assertThat(client).as("from " + version).isEqualTo(latest);
        });
  }

  @Property(tries = 500)
  void changesSinceAnyVersionLeadToTheLatestWithoutAKey(
      @ForAll @Size(min = 1, max = 8)
          List<@Size(max = 6) List<@IntRange(min = 0, max = 3) Integer>> looks) {
    var state = new RowState(Optional.empty(), 1_000);
    var seen = new HashMap<Long, List<List<Object>>>();
    for (List<Integer> look : looks) {
      List<List<Object>> rows = look.stream().map(each -> List.<Object>of(each)).toList();
      state.update(rows);
      seen.put(state.version(), rows);
    }
    List<List<Object>> latest = seen.get(state.version());

    seen.forEach(
        (version, rows) -> {
          var client = new ArrayList<>(rows);
          PushEvent.Rows changes = state.since(version).orElseThrow();
          changes.gone().forEach(row -> assertThat(client.remove(row)).isTrue());
          client.addAll(changes.rows());
          assertThat(client).as("from " + version).containsExactlyInAnyOrderElementsOf(latest);
        });
    assertThat(new HashSet<>(state.rows())).isEqualTo(new HashSet<>(latest));
  }
}
