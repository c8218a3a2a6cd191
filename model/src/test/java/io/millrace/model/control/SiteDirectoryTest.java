package io.millrace.model.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.SiteId;
import io.millrace.model.codec.Decoded;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
  void commandsSurviveTheirBytes() {
    List<ControlCommand> commands =
        List.of(
            new ControlCommand.RegisterSite(SITE, "Shöp"),
            new ControlCommand.IssueKey("00ff", SITE, Set.of(Permission.values())),
            new ControlCommand.RevokeKey("00ff"));
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
