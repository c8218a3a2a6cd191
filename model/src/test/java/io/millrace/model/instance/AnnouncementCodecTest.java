package io.millrace.model.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.codec.Decoded;
import io.millrace.model.control.ViewGeneration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementCodecTest {
  private static final Announcement WHOLE =
      new Announcement(
          "a-b-c",
          "host:8080",
          "http://host:8080",
          Set.of("processor", "query"),
          "1.2",
          Set.of(0, 3),
          List.of(new Announcement.Copy(1, 17, 2_500), new Announcement.Copy(2, 0, -1)),
          List.of(new Announcement.Past(new ViewGeneration("pages", 2), 10, 99)));

  @Test
  void readsWhatWasWritten() {
    assertThat(AnnouncementCodec.decode(AnnouncementCodec.encode(WHOLE)))
        .isEqualTo(new Decoded.Value<>(WHOLE));
  }

  @Test
  void passesOverWhatANewerProgramAdds() {
    byte[] bytes = AnnouncementCodec.encode(WHOLE);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 5);

    assertThat(AnnouncementCodec.decode(longer)).isEqualTo(new Decoded.Value<>(WHOLE));
  }

  @Test
  void refusesWhatIsTornOffAnywhere() {
    byte[] bytes = AnnouncementCodec.encode(WHOLE);

    for (int length = 0; length < bytes.length; length++) {
      assertThat(AnnouncementCodec.decode(Arrays.copyOf(bytes, length)))
          .as("%d bytes", length)
          .isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void refusesAnotherVersion() {
    byte[] bytes = AnnouncementCodec.encode(WHOLE);
    bytes[0] = 2;

    assertThat(AnnouncementCodec.decode(bytes))
        .isEqualTo(new Decoded.Malformed<>("written by a newer program"));
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new Announcement.Copy(-1, 0, 0)).hasMessageContaining("partition");
    assertThatThrownBy(() -> new Announcement.Copy(0, -1, 0)).hasMessageContaining("lag");
    assertThatThrownBy(() -> announcement("x".repeat(513))).hasMessageContaining("name");
  }

  private static Announcement announcement(String name) {
    return new Announcement("id", name, "", Set.of(), "", Set.of(), List.of(), List.of());
  }
}
