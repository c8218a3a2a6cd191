package io.millrace.model.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.SiteId;
import io.millrace.model.codec.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SiteDirectoryTest {
  private static final SiteId SITE = new SiteId("shop.example");

  @Test
  void aKeyOpensItsSiteUntilItIsRevoked() {
    // Given
    var directory = new SiteDirectory();
    String hash = WriteKey.hash("secret");

    // When
    directory.apply(new ControlCommand.RegisterSite(SITE, "Shop"));
    directory.apply(new ControlCommand.IssueKey(hash, SITE, Set.of(Permission.BACKFILL)));

    // Then
    assertThat(directory.sites()).containsExactly(new Site(SITE, "Shop"));
    assertThat(directory.keyOf("secret"))
        .hasValueSatisfying(key -> assertThat(key.may(Permission.BACKFILL)).isTrue())
        .hasValueSatisfying(key -> assertThat(key.may(Permission.ON_BEHALF)).isFalse());
    assertThat(directory.keyOf("other")).isEmpty();

    directory.apply(new ControlCommand.RevokeKey(hash));
    assertThat(directory.keyOf("secret")).isEmpty();
  }

  @Test
  void theInactivityOfASiteIsTheLatestThatWasInForceWhenAnEventWasReceived() {
    // Given
    var directory = new SiteDirectory();
    directory.apply(inactivity(10, 1_000));
    directory.apply(inactivity(20, 3_000));

    // Then
    assertThat(minutes(directory, 999)).isEqualTo(30);
    assertThat(minutes(directory, 1_000)).isEqualTo(10);
    assertThat(minutes(directory, 2_999)).isEqualTo(10);
    assertThat(minutes(directory, 3_000)).isEqualTo(20);
    assertThat(directory.inactivityMillis(new SiteId("else.example"), 5_000, 7)).isEqualTo(7);

    // When
    directory.apply(inactivity(60, 2_000));

    // Then
    assertThat(minutes(directory, 1_999)).isEqualTo(10);
    assertThat(minutes(directory, 3_000)).isEqualTo(60);
    assertThat(directory.inactivityChanges(SITE)).hasSize(2);
  }

  /**
   * So it does not matter whether an event is processed before or after a later command is known.
   */
  @Property
  void aChangeLeavesTheTimesBeforeItAsTheyWere(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 100) Integer> changes) {
    var directory = new SiteDirectory();
    for (int from : changes) {
      long[] before = LongStream.range(0, from).map(time -> minutes(directory, time)).toArray();

      directory.apply(inactivity(1 + from, from));

      assertThat(LongStream.range(0, from).map(time -> minutes(directory, time)))
          .containsExactly(LongStream.of(before).boxed().toArray(Long[]::new));
      assertThat(minutes(directory, from)).isEqualTo(1 + from);
      assertThat(minutes(directory, 1_000)).isEqualTo(1 + from);
    }
  }

  private static ControlCommand inactivity(int minutes, long from) {
    return new ControlCommand.ChangeInactivity(
        SITE, new InactivityChange(Duration.ofMinutes(minutes), from));
  }

  private static long minutes(SiteDirectory directory, long receivedTime) {
    return directory.inactivityMillis(SITE, receivedTime, 30 * 60_000) / 60_000;
  }

  @Test
  void anInactivityIsAMinuteToFourHours() {
    for (Duration wrong : List.of(Duration.ofSeconds(59), Duration.ofMinutes(241))) {
      assertThatThrownBy(() -> new InactivityChange(wrong, 0))
          .hasMessageContaining("session-inactivity: expected 1 minute to 4 hours, got " + wrong);
    }
  }

  @Test
  void aKeyIsForPagesOfItsOriginsAlone() {
    var directory = new SiteDirectory();
    String hash = WriteKey.hash("secret");
    directory.apply(new ControlCommand.LimitKey(hash, Set.of("https://shop.example")));
    directory.apply(new ControlCommand.IssueKey(hash, SITE, Set.of()));

    WriteKey key = directory.keyOf("secret").orElseThrow();

    assertThat(key.mayBeUsedOn("https://shop.example")).isTrue();
    assertThat(key.mayBeUsedOn("https://evil.example")).isFalse();
    assertThat(key.mayBeUsedOn("http://shop.example")).isFalse();
    assertThat(key.mayBeUsedOn("null")).isFalse();
    assertThat(key.mayBeUsedOn("")).isTrue();
    directory.apply(new ControlCommand.LimitKey(hash, Set.of()));
    assertThat(directory.keyOf("secret").orElseThrow().mayBeUsedOn("https://evil.example"))
        .isTrue();
  }

  @Test
  void commandsSurviveTheirBytes() {
    List<ControlCommand> commands =
        List.of(
            new ControlCommand.RegisterSite(SITE, "Shöp"),
            new ControlCommand.ChangeInactivity(
                SITE, new InactivityChange(Duration.ofMinutes(20), 1_770_000_000_000L)),
            new ControlCommand.IssueKey("00ff", SITE, Set.of(Permission.values())),
            new ControlCommand.RevokeKey("00ff"),
            new ControlCommand.LimitKey("00ff", Set.of("https://shop.example", "http://b")),
            new ControlCommand.IssueToken(
                new AccessToken(
                    "ab12",
                    "Äda",
                    "00ff",
                    TokenRole.ANALYST,
                    Optional.of(Set.of(SITE)),
                    Optional.of(Instant.ofEpochMilli(1_770_000_000_000L)))),
            new ControlCommand.IssueToken(
                new AccessToken(
                    "ab12", "a", "00", TokenRole.ADMIN, Optional.empty(), Optional.empty())),
            new ControlCommand.RevokeToken("ab12"),
            new ControlCommand.DefineView(
                new ViewGeneration("pages", 7), "SELECT …", ViewStart.EARLIEST),
            new ControlCommand.DefineView(
                new ViewGeneration("pages", 8), "", ViewStart.NOW, ViewSwap.WHEN_TOLD),
            new ControlCommand.SwapView(new ViewGeneration("pages", 8)),
            new ControlCommand.DropView("pages"),
            new ControlCommand.NoteBackfill(
                new ViewGeneration("pages", Long.MAX_VALUE), BackfillState.COMPLETE),
            new ControlCommand.DefineTable(new TableGeneration("products", 8), "CREATE …"),
            new ControlCommand.DropTable("products"));
    for (ControlCommand command : commands) {
      assertThat(ControlCommandCodec.decode(ControlCommandCodec.encode(command)))
          .isEqualTo(new Decoded.Value<>(command));
    }
  }

  @Property
  void anyBytesAreACommandOrAReason(@ForAll byte[] bytes) {
    assertThat(ControlCommandCodec.decode(bytes)).isNotNull();
  }
}
